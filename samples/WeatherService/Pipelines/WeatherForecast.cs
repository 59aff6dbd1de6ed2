using DataEngineX;
using DataEngineX.ML;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>Forecasts the day after the newest observation of each city.</summary>
/// <remarks>
/// Only the newest day is scored, and forecasts are kept by the day they are for: a forecast whose day has been observed is never written
/// again, so that a later model cannot improve its own past, and none is made for a day that is already known. The champion is read as an
/// input, so that the pipeline waits for the first one and runs again for the next.
/// </remarks>
public static class WeatherForecast
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.forecast";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    public static PipelineEnd Describe(PipelineBuilder p)
    {
        var days = p.ReadTable(Layer.Gold, "daily_features");
        var newest = days.GroupBy(Col("location").As("location")).Aggregate(Aggregate.Max(Col("date")).As("date"));
        return days
            .Join(newest, on: ["location", "date"], JoinKind.Semi)
            .Derive(Lit(WeatherTrain.Model).As("model"))
            .Join(p.Read(new ModelSource(WeatherTrain.Model)), on: ["model"], JoinKind.Semi)
            .Score(WeatherTrain.Model, features: WeatherTrain.Features)
            .As<ScoredDay>()
            .Where(d => d.Score != null)
            .Select(d => new
            {
                d.Location,
                ForDate = d.Date.AddDays(1),
                TemperatureMaxC = d.Score,
                Persistence = d.TempMax,
                Climatology = d.ClimatologyNext,
                d.ModelVersion,
            })
            .UpsertInto(Layer.Gold, "forecasts", key: f => new { f.Location, f.ForDate });
    }
}
