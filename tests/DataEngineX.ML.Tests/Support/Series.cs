using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Tests.Support;

/// <summary>Daily rows of two towns whose next day follows from today, the season and a known noise: learnable, but not exactly.</summary>
internal static class Series
{
    public static readonly DateOnly Start = new(2020, 1, 1);

    public static readonly string[] Towns = ["north", "south"];

    public sealed record Row(string Town, DateOnly Day, double? Value, double? Wind, string? Sky);

    public static List<Row> Rows(int days = 1096, int seed = 5)
    {
        var random = new Random(seed);
        var rows = new List<Row>();
        foreach (var town in Towns)
        {
            var anomaly = 0.0;
            var wind = 0.0;
            for (var d = 0; d < days; d++)
            {
                // Tomorrow depends on today's wind, which persistence cannot know.
                anomaly = (0.6 * anomaly) - (town == "north" ? 2.0 * wind : -2.0 * wind) + (random.NextDouble() * 2) - 1;
                wind = (random.NextDouble() * 2) - 1;
                var day = Start.AddDays(d);
                var value = 10 + (8 * Math.Sin(2 * Math.PI * day.DayOfYear / 365.25)) + anomaly;
                rows.Add(new Row(town, day, Math.Round(value, 3), Math.Round(wind, 3), wind > 0 ? "clear" : "grey"));
            }
        }

        return rows;
    }

    public static RecordBatch Batch(IEnumerable<Row> rows)
    {
        var towns = new StringArray.Builder();
        var days = new Date32Array.Builder();
        var next = new Int32Array.Builder();
        var values = new DoubleArray.Builder();
        var winds = new DoubleArray.Builder();
        var skies = new StringArray.Builder();
        var count = 0;
        foreach (var row in rows)
        {
            count++;
            towns.Append(row.Town);
            days.Append(row.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
            next.Append(row.Day.AddDays(1).DayOfYear);
            _ = row.Value is { } value ? values.Append(value) : values.AppendNull();
            _ = row.Wind is { } wind ? winds.Append(wind) : winds.AppendNull();
            skies.Append(row.Sky);
        }

        var schema = new Schema(
        [
            new Field("town", StringType.Default, false),
            new Field("day", Date32Type.Default, false),
            new Field("day_next", Int32Type.Default, false),
            new Field("value", DoubleType.Default, true),
            new Field("wind", DoubleType.Default, true),
            new Field("sky", StringType.Default, true),
        ], null);
        return new RecordBatch(
            schema, [towns.Build(), days.Build(), next.Build(), values.Build(), winds.Build(), skies.Build()], count);
    }

    public static void Describe(TrainingBuilder training) => training
        .Features("value", "wind")
        .Categories("sky")
        .Season("day_next")
        .Label("value", ahead: TimeSpan.FromDays(1))
        .TimeColumn("day")
        .GroupBy("town")
        .Seed(7)
        .Baseline("persistence", "value")
        .Candidate("shared", c => c.Ridge(l2: 0.001, iterations: 20))
        .Candidate("per-town", c => c.Ridge(l2: 0.001, iterations: 20).SeasonalInteractions().PerGroup())
        .RollingOrigin(new DateOnly(2021, 1, 1), folds: 3, months: 3)
        .Holdout(new DateOnly(2022, 1, 1));

    public static TrainedModel Train(IEnumerable<Row> rows, Action<TrainingBuilder>? describe = null)
    {
        var trainer = new ModelTrainer("series", describe ?? Describe);
        using var batch = Batch(rows);
        trainer.Add(batch);
        return trainer.Train();
    }
}
