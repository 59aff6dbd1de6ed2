using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Quality;
using static DataEngineX.Expressions.Columns;

namespace WeatherService;

/// <summary>
/// The forecast of OpenWeatherMap for five days, in steps of three hours: the highest of a day's eight steps is its high. Units are those asked
/// for; the answer does not repeat them.
/// </summary>
internal static class OpenWeatherMap
{
    /// <summary>The query parameter that takes the key.</summary>
    internal const string KeyParameter = "appid";

    private const long StepsOfADay = 8;
    private const double HoursOfAStep = 3;

    private static readonly StructType Step = new(
    [
        new Field("dt", Int64Type.Default, nullable: true),
        new Field("main", new StructType([new Field("temp_max", DoubleType.Default, nullable: true)]), nullable: true),
    ]);

    /// <summary>What of an answer is used.</summary>
    internal static readonly Schema Columns = new(
    [
        new Field("list", new ListType(new Field("element", Step, nullable: true)), nullable: true),
        new Field("city", new StructType([new Field("timezone", Int64Type.Default, nullable: true)]), nullable: true),
    ], null);

    internal static Uri AddressOf(LiveOptions live, LivePlace place) =>
        LiveHttp.At(live, $"data/2.5/forecast?lat={place.Latitude}&lon={place.Longitude}&units=metric");

    /// <summary>A row for each step of each answer, as it stands there. An answer without steps is set aside.</summary>
    internal static Flow RowsOf(Flow answers) => answers
        .Select(
            Col("city").Field("timezone").As("utc_offset_seconds"),
            Col("list").As("step"),
            Col(RowOrigin.FileColumn).As(RowOrigin.FileColumn),
            Col(RowOrigin.LineColumn).As(RowOrigin.LineColumn))
        .Check(q => q
            .NotNull("step")
            .Satisfies(Col("step").ListLength() > 0).Named("an answer has steps")
            .WhenNothingToCheck(NothingToCheck.Pass)
            .OnFailure(Gate.Quarantine))
        .Explode("step")
        .Select(
            Col("utc_offset_seconds").As("utc_offset_seconds"),
            Col("step").Field("dt").As("dt"),
            Col("step").Field("main").Field("temp_max").As("high"),
            Col(RowOrigin.FileColumn).As(RowOrigin.FileColumn),
            Col(RowOrigin.LineColumn).As(RowOrigin.LineColumn));

    /// <summary>The steps that rows tell of, numbered through the day that the place has.</summary>
    internal static Flow StepsOf(Flow rows) => rows
        .Select(
            Col(RowOrigin.FileColumn).As("answer"),
            (Col("dt") + Col("utc_offset_seconds")).FromEpoch(CalendarUnit.Second).As("local"),
            Col("high").As("temperature_max_c"),
            Col("utc_offset_seconds").As("utc_offset_seconds"))
        .Select(
            Col("answer").As("answer"),
            Col("local").Cast(Date32Type.Default).As("for_date"),
            (Col("local").Hour().Cast(DoubleType.Default) / HoursOfAStep).Floor().Cast(Int64Type.Default).As("step"),
            Lit(StepsOfADay).As("steps_of_day"),
            Col("temperature_max_c").As("temperature_max_c"),
            Lit(LiveSilver.Celsius).As("unit"),
            Col("utc_offset_seconds").As("utc_offset_seconds"));
}
