using DataEngineX;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>
/// The high of each day of which all steps are known, for each place and source. A table that breaks what its readers rely on is not published; the one before
/// stays.
/// </summary>
public static class LiveGold
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.live.gold";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    public static PipelineEnd Describe(PipelineBuilder p) => p
        .ReadTable(Layer.Silver, LiveSilver.Table)
        .GroupBy(Col("location").As("location"), Col("for_date").As("for_date"), Col("source").As("source"))
        .Aggregate(
            Aggregate.Max(Col("temperature_max_c")).As("temperature_max_c"),
            Aggregate.Max(Col("utc_offset_seconds")).As("utc_offset_seconds"),
            Aggregate.Max(Col("received_at")).As("received_at"),
            Aggregate.Max(Col("steps_of_day")).As("steps_of_day"),
            Aggregate.Count().As("known"))
        .Where(Col("known") == Col("steps_of_day"))
        .Select("location", "for_date", "source", "temperature_max_c", "utc_offset_seconds", "received_at")
        .Check(q => q
            .NotNull("location", "for_date", "source", "temperature_max_c", "utc_offset_seconds", "received_at")
            .Between("temperature_max_c", -90.0, 60.0)
            .Between("utc_offset_seconds", -18 * 3600L, 18 * 3600L)
            .Unique("location", "for_date", "source")
            .OnFailure(Gate.Stop))
        .ReplaceTable(Layer.Gold, LiveSilver.Table);
}
