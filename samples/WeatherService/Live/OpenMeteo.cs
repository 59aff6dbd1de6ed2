using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Sources;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>The daily forecast of Open-Meteo: days and values in lists beside each other, dates as the place has them, and the units said.</summary>
internal static class OpenMeteo
{
    private static readonly Schema Columns = new(
    [
        new Field("utc_offset_seconds", Int64Type.Default, nullable: true),
        new Field("daily_units", new StructType([new Field("temperature_2m_max", StringType.Default, nullable: true)]), nullable: true),
        new Field("daily", new StructType(
        [
            new Field("time", new ListType(new Field("element", StringType.Default, nullable: true)), nullable: true),
            new Field("temperature_2m_max", new ListType(new Field("element", DoubleType.Default, nullable: true)), nullable: true),
        ]), nullable: true),
    ], null);

    /// <summary>A row for each day of a place.</summary>
    internal static Flow Read(PipelineBuilder p, LiveOptions live, LivePlace place) => p
        .ReadHttpJson(
            $"{live.Name}/{place.Name}",
            LiveHttp.At(live, $"v1/forecast?latitude={place.Latitude}&longitude={place.Longitude}&daily=temperature_2m_max&temperature_unit=celsius&timezone=auto&forecast_days=3"),
            Columns,
            LiveHttp.Options(live, "apikey"))
        .Select(
            Col("utc_offset_seconds").As("utc_offset_seconds"),
            Col("daily_units").Field("temperature_2m_max").As("unit"),
            Col("daily").Field("time").As("day"),
            Col("daily").Field("temperature_2m_max").As("high"))
        .Explode(["day", "high"])
        .Select(
            Lit(place.Name).As("location"),
            Col("day").TryCast(Date32Type.Default).As("for_date"),
            Col("high").As("temperature_max_c"),
            Col("unit").As("unit"),
            Col("utc_offset_seconds").As("utc_offset_seconds"));
}
