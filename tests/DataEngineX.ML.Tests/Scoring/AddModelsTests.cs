using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.ML.Tests.Scoring;

public sealed class AddModelsTests
{
    [Fact]
    public async Task Registry_and_scorers_are_there_once_and_share_the_object_store()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddModels().AddModels());

        var registry = Assert.IsType<FileModelRegistry>(Assert.Single(lake.Services.GetServices<IModelRegistry>()));
        var scorers = Assert.IsType<ScorerProvider>(Assert.Single(lake.Services.GetServices<IScorerProvider>()));

        Assert.Null(await scorers.FindAsync("series"));
        await registry.RegisterAsync(Support.Models.Registration());
        using var handle = await scorers.FindAsync("series", "1");
        Assert.Equal(1, handle!.Scorer.Model.Version);
        Assert.Empty(lake.Services.GetServices<IModelPerformance>());
    }

    [Fact]
    public async Task A_registry_of_ones_own_is_kept()
    {
        var own = new FileModelRegistry(new Support.MemoryObjectStore());
        await using var lake = new InMemoryLakehouse(dex =>
        {
            dex.Services.AddSingleton<IModelRegistry>(own);
            dex.AddModels();
        });

        Assert.Same(own, Assert.Single(lake.Services.GetServices<IModelRegistry>()));
    }
}
