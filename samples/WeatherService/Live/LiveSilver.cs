using DataEngineX;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Quality;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>
/// Lets through what was asked for: one row for each place, day, step of the day and source, of the newest answer. Another unit, a missing offset, day or value, and
/// values no weather has are set aside.
/// </summary>
public static class LiveSilver
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.live.silver";

    /// <summary>The table that it writes, in silver, and that the next writes in gold.</summary>
    public const string Table = "live_forecasts";

    internal const string Celsius = "°C";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    /// <param name="live">The source.</param>
    public static PipelineEnd Describe(PipelineBuilder p, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(live);
        var rows = p.ReadTable(Layer.Bronze, live.Table).Incremental();
        var steps = live.Provider == LiveProvider.OpenWeatherMap ? OpenWeatherMap.StepsOf(rows) : OpenMeteo.StepsOf(rows);
        return steps
            .Check(q => q
                .NotNull("for_date", "step", "temperature_max_c", "unit", "utc_offset_seconds")
                .InSet("unit", Celsius)
                .Between("utc_offset_seconds", -18 * 3600L, 18 * 3600L)
                .Between("temperature_max_c", -90.0, 60.0)
                .WhenNothingToCheck(NothingToCheck.Pass)
                .OnFailure(Gate.Quarantine))
            .Select(
                Col("answer").ExtractRegex("^[^/]+/(.+)/[^/]+$", 1).As("location"),
                Col("for_date").As("for_date"),
                Col("step").As("step"),
                Lit(live.Name).As("source"),
                Col("temperature_max_c").As("temperature_max_c"),
                Col("steps_of_day").As("steps_of_day"),
                Col("utc_offset_seconds").As("utc_offset_seconds"),
                Col("answer").ExtractRegex("[^/]+$").Cast(ArrowTypes.TimestampUtc).As("received_at"))
            .UpsertInto(Layer.Silver, Table, "location", "for_date", "step", "source");
    }
}
