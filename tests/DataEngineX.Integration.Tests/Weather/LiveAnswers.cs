using System.Globalization;
using System.Text.Json.Nodes;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>Answers in the shapes that the live sources document.</summary>
internal static class LiveAnswers
{
    /// <summary>Open-Meteo: lists beside each other, one value for each day.</summary>
    internal static string OpenMeteo(DateOnly first, double[] highs, string unit = "°C", long offset = -28_800) => new JsonObject
    {
        ["latitude"] = 47.595562,
        ["longitude"] = -122.32443,
        ["generationtime_ms"] = 0.03,
        ["utc_offset_seconds"] = offset,
        ["timezone"] = "America/Los_Angeles",
        ["timezone_abbreviation"] = "PST",
        ["elevation"] = 59.0,
        ["daily_units"] = new JsonObject { ["time"] = "iso8601", ["temperature_2m_max"] = unit },
        ["daily"] = new JsonObject
        {
            ["time"] = new JsonArray([.. highs.Select((_, i) => (JsonNode)Day(first.AddDays(i)))]),
            ["temperature_2m_max"] = new JsonArray([.. highs.Select(h => (JsonNode)h)]),
        },
    }.ToJsonString();

    /// <summary>OpenWeatherMap: forty steps of three hours, and the place's offset beside them.</summary>
    internal static string OpenWeatherMap(DateTimeOffset first, Func<DateTimeOffset, double> high, long offset) => new JsonObject
    {
        ["cod"] = "200",
        ["message"] = 0,
        ["cnt"] = 40,
        ["list"] = new JsonArray([.. Enumerable.Range(0, 40).Select(i => first.AddHours(3 * i)).Select(t => (JsonNode)new JsonObject
        {
            ["dt"] = t.ToUnixTimeSeconds(),
            ["main"] = new JsonObject { ["temp"] = high(t) - 1, ["temp_min"] = high(t) - 2, ["temp_max"] = high(t), ["pressure"] = 1015, ["humidity"] = 69 },
            ["weather"] = new JsonArray(new JsonObject { ["id"] = 500, ["main"] = "Rain", ["description"] = "light rain", ["icon"] = "10d" }),
            ["wind"] = new JsonObject { ["speed"] = 0.62, ["deg"] = 349, ["gust"] = 1.18 },
            ["dt_txt"] = t.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        })]),
        ["city"] = new JsonObject { ["id"] = 5809844, ["name"] = "Seattle", ["country"] = "US", ["timezone"] = offset },
    }.ToJsonString();

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
