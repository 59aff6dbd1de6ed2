using DataEngineX.ML;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataEngineX;

/// <summary>Adds models to a host.</summary>
public static class ModelsDataEngineXBuilderExtensions
{
    /// <summary>
    /// Adds the model registry of files below <c>models/</c> in the object store, and the scorers that serve from it. A registry or
    /// provider of one's own that is registered before is kept. Calling it again changes nothing.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IDataEngineXBuilder AddModels(this IDataEngineXBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IModelRegistry>(services => new FileModelRegistry(
            services.GetRequiredService<IObjectStore>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<IScorerProvider>(services => new ScorerProvider(
            services.GetRequiredService<IModelRegistry>(), services.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
