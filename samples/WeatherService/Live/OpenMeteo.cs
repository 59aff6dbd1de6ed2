using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX;
using DataEngineX.Pipelines;
using DataEngineX.Quality;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>The daily forecast of Open-Meteo: days and values in lists beside each other, dates as the place has them, and the units said.</summary>
internal static class OpenMeteo
{
    /// <summary>The query parameter that takes the key of a customer.</summary>
    internal const string KeyParameter = "apikey";

    /// <summary>What of an answer is used.</summary>
    internal static readonly Schema Columns = new(
    [
        new Field("utc_offset_seconds", Int64Type.Default, nullable: true),
        new Field("daily_units", new StructType([new Field("temperature_2m_max", StringType.Default, nullable: true)]), nullable: true),
        new Field("daily", new StructType(
        [
            new Field("time", new ListType(new Field("element", StringType.Default, nullable: true)), nullable: true),
            new Field("temperature_2m_max", new ListType(new Field("element", DoubleType.Default, nullable: true)), nullable: true),
        ]), nullable: true),
    ], null);

    internal static Uri AddressOf(LiveOptions live, LivePlace place) => LiveHttp.At(
        live, $"v1/forecast?latitude={place.Latitude}&longitude={place.Longitude}&daily=temperature_2m_max&temperature_unit=celsius&timezone=auto&forecast_days=3");

    /// <summary>A row for each day of each answer, as it stands there. An answer without days, or without a value for each, is set aside.</summary>
    internal static Flow RowsOf(Flow answers) => answers
        .Select(
            Col("utc_offset_seconds").As("utc_offset_seconds"),
            Col("daily_units").Field("temperature_2m_max").As("unit"),
            Col("daily").Field("time").As("day"),
            Col("daily").Field("temperature_2m_max").As("high"),
            Col(RowOrigin.FileColumn).As(RowOrigin.FileColumn),
            Col(RowOrigin.LineColumn).As(RowOrigin.LineColumn))
        .Check(q => q
            .NotNull("day", "high")
            .Satisfies(Col("day").ListLength() > 0).Named("an answer has days")
            .Satisfies(Col("day").ListLength() == Col("high").ListLength()).Named("each day has a value")
            .WhenNothingToCheck(NothingToCheck.Pass)
            .OnFailure(Gate.Quarantine))
        .Explode(["day", "high"]);

    /// <summary>The days that rows tell of: each is one step.</summary>
    internal static Flow StepsOf(Flow rows) => rows.Select(
        Col(RowOrigin.FileColumn).As("answer"),
        Col("day").TryCast(Date32Type.Default).As("for_date"),
        Lit(0L).As("step"),
        Lit(1L).As("steps_of_day"),
        Col("high").As("temperature_max_c"),
        Col("unit").As("unit"),
        Col("utc_offset_seconds").As("utc_offset_seconds"));
}
