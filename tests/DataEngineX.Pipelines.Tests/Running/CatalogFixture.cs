using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Running;

internal static class CatalogFixture
{
    public static ServiceProvider BuildCatalog(this ServiceCollection services, params (string Name, Func<PipelineBuilder, PipelineEnd> Describe)[] pipelines)
    {
        var builder = new Builder(services);
        foreach (var (name, describe) in pipelines)
            builder.AddPipeline(name, describe);
        return services.BuildServiceProvider();
    }

    public static IPipelineCatalog Catalog(this IServiceProvider services) => services.GetRequiredService<IPipelineCatalog>();

    private sealed record Builder(IServiceCollection Services) : IDataEngineXBuilder;
}
