using DataEngineX;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>
/// Asks a live source for the days to come and keeps them in gold/live_forecasts. An answer that is not what was asked for (another unit, a day without a
/// value, values no weather has) is published in no part: the run fails and says why, and what was known before stays.
/// </summary>
public static class WeatherLive
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.live";

    /// <summary>The table that it writes, in gold.</summary>
    public const string Table = "live_forecasts";

    internal const string Celsius = "°C";

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    /// <param name="live">The source and the places.</param>
    public static PipelineEnd Describe(PipelineBuilder p, LiveOptions live)
    {
        ArgumentNullException.ThrowIfNull(live);
        var places = live.Places.Select(place => live.Provider == LiveProvider.OpenWeatherMap ? OpenWeatherMap.Read(p, live, place) : OpenMeteo.Read(p, live, place)).ToList();
        return places[0].Union([.. places.Skip(1)])
            .Check(q => q
                .NotNull("for_date", "temperature_max_c", "unit", "utc_offset_seconds")
                .InSet("unit", Celsius)
                .Between("temperature_max_c", -90.0, 60.0)
                .Between("utc_offset_seconds", -18 * 3600L, 18 * 3600L)
                .OnFailure(Gate.Stop))
            .Select(
                Col("location").As("location"),
                Col("for_date").As("for_date"),
                Lit(live.Name).As("source"),
                Col("temperature_max_c").As("temperature_max_c"),
                Col("utc_offset_seconds").As("utc_offset_seconds"),
                RunClock.As("received_at"))
            .UpsertInto(Layer.Gold, Table, "location", "for_date", "source");
    }
}
