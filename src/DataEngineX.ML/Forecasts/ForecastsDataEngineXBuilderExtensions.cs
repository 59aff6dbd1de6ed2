using DataEngineX.ML;
using DataEngineX.ML.Internal;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX;

/// <summary>Adds the watch over forecasts to a host.</summary>
public static class ForecastsDataEngineXBuilderExtensions
{
    /// <summary>
    /// Follows a model's forecasts: an <see cref="IModelPerformance"/> tells their errors and those of baselines wherever the truth is
    /// known by now. The tables need not exist yet.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="model">The model's name; each model is followed once.</param>
    /// <param name="describe">Names tables and columns; runs once, now.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="PlanException">The description is not whole, or the model is followed already; it tells what to do.</exception>
    public static IDataEngineXBuilder TrackForecasts(this IDataEngineXBuilder builder, string model, Action<ForecastBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(describe);
        if (!DatasetId.IsTableName(model))
            throw new ArgumentException($"'{model}' is not a model name: use letters, digits, '_', '-' and '.'.", nameof(model));
        if (builder.Services.Any(s => s.ImplementationInstance is ForecastSpec known && known.Model == model))
            throw new PlanException($"The forecasts of model '{model}' are followed already; name each model once.", "track_forecasts");
        var description = new ForecastBuilder();
        describe(description);
        var spec = description.Build(model);
        builder.AddEngine();
        builder.Services.AddSingleton(spec);
        builder.Services.AddSingleton<IModelPerformance>(services => new ForecastPerformance(
            spec, services.GetRequiredService<ITableCatalog>(), services.GetRequiredService<FlowReader>()));
        return builder;
    }
}
