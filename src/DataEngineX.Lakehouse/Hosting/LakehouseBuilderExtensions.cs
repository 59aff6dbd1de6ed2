using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataEngineX;

/// <summary>Adds the lakehouse to a host.</summary>
public static class LakehouseBuilderExtensions
{
    /// <summary>
    /// Keeps tables and objects below a folder of the local disk: <c>raw</c>, <c>bronze</c>, <c>silver</c>, <c>gold</c> and <c>quarantine</c>.
    /// The configuration key <c>DataEngineX:Lakehouse</c> goes before <paramref name="path"/>; a store registered before stays.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The folder; relative paths are taken from the current folder. It is created where it is missing, when the host starts.</param>
    public static IDataEngineXBuilder UseLakehouse(this IDataEngineXBuilder builder, string path = StateFolder.Default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton(StateFolder.Requested, new StateFolder(path));
        builder.Services.TryAddSingleton<IObjectStore>(static services => new LocalObjectStore(FolderOf(services).Path));
        builder.Services.TryAddSingleton<ITableCatalog>(static services => new DeltaTableCatalog(
            services.GetRequiredService<IObjectStore>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<IFailpoints>() ?? NoFailpoints.Instance,
            services.GetService<EngineOptions>()));
        return builder;
    }

    // A host registers the folder it was configured with; without one, what the code asked for holds.
    private static StateFolder FolderOf(IServiceProvider services) =>
        services.GetService<StateFolder>() ?? services.GetRequiredKeyedService<StateFolder>(StateFolder.Requested);
}
