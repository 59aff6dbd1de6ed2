using DataEngineX.ML.Tests.Support;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.ML.Tests.Scoring;

/// <summary>A row of gold/series.</summary>
public sealed record TownDay(string Town, DateOnly Day, int DayNext, double? Value, double? Wind, string? Sky);

/// <summary>A row of gold/scored.</summary>
public sealed record ScoredTownDay(string Town, DateOnly Day, double? Score, int? ModelVersion);

/// <summary>Pipelines over the series the models of these tests learn.</summary>
internal static class Towns
{
    public static readonly TownDay[] Days =
        [.. Series.Rows().Select(r => new TownDay(r.Town, r.Day, r.Day.AddDays(1).DayOfYear, r.Value, r.Wind, r.Sky))];

    public static IDataEngineXBuilder AddSeries(this IDataEngineXBuilder dex, params TownDay[] days)
        => dex.AddPipeline("series", p => p.ReadRows("towns", days).ReplaceTable(Layer.Gold, "series"));

    public static IDataEngineXBuilder AddScoring(this IDataEngineXBuilder dex, Func<Flow, Flow> score)
        => dex.AddPipeline("scored", p => score(p.ReadTable(Layer.Gold, "series")).ReplaceTable(Layer.Gold, "scored"));

    public static async Task RegisterChampionAsync(this InMemoryLakehouse lake, string name = "series", TrainedModel? model = null)
    {
        var registry = lake.Services.GetRequiredService<IModelRegistry>();
        var now = await registry.FindVersionAsync(name, ModelAliases.Champion);
        var added = await registry.RegisterAsync(Models.Registration(name, model));
        Assert.True(await registry.TrySetAliasAsync(name, ModelAliases.Champion, added.Version, now?.Version, "test"));
    }
}
