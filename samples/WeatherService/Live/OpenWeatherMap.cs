using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Sources;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>
/// The forecast of OpenWeatherMap for five days, in steps of three hours: the highest of a day's eight steps is its high. Units are those asked
/// for; the answer does not repeat them.
/// </summary>
internal static class OpenWeatherMap
{
    private const int StepsOfADay = 8;

    private static readonly StructType Step = new(
    [
        new Field("dt", Int64Type.Default, nullable: true),
        new Field("main", new StructType([new Field("temp_max", DoubleType.Default, nullable: true)]), nullable: true),
    ]);

    private static readonly Schema Columns = new(
    [
        new Field("list", new ListType(new Field("element", Step, nullable: true)), nullable: true),
        new Field("city", new StructType([new Field("timezone", Int64Type.Default, nullable: true)]), nullable: true),
    ], null);

    /// <summary>A row for each whole day of a place: the first and the last day of the answer have some of their steps only.</summary>
    internal static Flow Read(PipelineBuilder p, LiveOptions live, LivePlace place) => p
        .ReadHttpJson(
            $"{live.Name}/{place.Name}",
            LiveHttp.At(live, $"data/2.5/forecast?lat={place.Latitude}&lon={place.Longitude}&units=metric"),
            Columns,
            LiveHttp.Options(live, "appid"))
        .Select(Col("city").Field("timezone").As("utc_offset_seconds"), Col("list").As("step"))
        .Explode("step")
        .Select(
            Col("utc_offset_seconds").As("utc_offset_seconds"),
            (Col("step").Field("dt") + Col("utc_offset_seconds")).FromEpoch(CalendarUnit.Second).Cast(Date32Type.Default).As("for_date"),
            Col("step").Field("main").Field("temp_max").As("high"))
        .GroupBy(Col("for_date").As("for_date"), Col("utc_offset_seconds").As("utc_offset_seconds"))
        .Aggregate(Aggregate.Max(Col("high")).As("temperature_max_c"), Aggregate.Count(Col("high")).As("steps"))
        .Where(Col("steps") == StepsOfADay)
        .Select(
            Lit(place.Name).As("location"),
            Col("for_date").As("for_date"),
            Col("temperature_max_c").As("temperature_max_c"),
            Lit(WeatherLive.Celsius).As("unit"),
            Col("utc_offset_seconds").As("utc_offset_seconds"));
}
