using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.ML.Tests.Support;

namespace DataEngineX.ML.Tests.Scoring;

public class ScorerTests
{
    [Fact]
    public async Task Scores_reproduce_the_holdout_error_of_the_card()
    {
        using var handle = await Models.LoadAsync();
        var rows = Series.Rows();
        using var batch = Series.Batch(rows);
        var scores = Models.Scores(handle.Scorer, batch);

        var errors = new List<double>();
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            if (rows[i + 1].Town == rows[i].Town && rows[i + 1].Day >= new DateOnly(2022, 1, 1))
                errors.Add(Math.Abs(scores[i]!.Value - rows[i + 1].Value!.Value));
        }

        Assert.Equal(Models.Trained.Metrics["holdout.mae"], errors.Average(), 6);
    }

    [Fact]
    public async Task Thirty_two_threads_score_bit_for_bit_what_one_does()
    {
        using var handle = await Models.LoadAsync();
        var rows = Series.Rows();
        using var whole = Series.Batch(rows);
        var expected = Models.Scores(handle.Scorer, whole);
        var wrong = 0;
        var threads = Enumerable.Range(0, 32).Select(t => new Thread(() =>
        {
            var random = new Random(t);
            for (var k = 0; k < 40; k++)
            {
                var start = random.Next(rows.Count);
                var count = random.Next(1, Math.Min(200, rows.Count - start) + 1);
                using var batch = Series.Batch(rows.Skip(start).Take(count));
                if (!Models.Scores(handle.Scorer, batch).SequenceEqual(expected.Skip(start).Take(count)))
                    Interlocked.Increment(ref wrong);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_single_row_by_name_scores_as_in_a_batch()
    {
        using var handle = await Models.LoadAsync();
        var row = Series.Rows()[700];
        using var batch = Series.Batch([row]);

        var score = handle.Scorer.Score(Named(row));

        Assert.Equal(Models.Scores(handle.Scorer, batch)[0], score);
    }

    [Fact]
    public async Task A_missing_feature_or_an_unknown_group_scores_null_and_leaves_other_rows_alone()
    {
        using var handle = await Models.LoadAsync();
        var row = Series.Rows()[700];
        using var batch = Series.Batch(
            [row with { Wind = null }, row, row with { Sky = null }, row with { Town = "east" }, row with { Sky = "new" }]);

        var scores = Models.Scores(handle.Scorer, batch);

        Assert.Equal([true, false, true, true, false], scores.Select(s => s is null));
        using var alone = Series.Batch([row]);
        Assert.Equal(Models.Scores(handle.Scorer, alone)[0], scores[1]);
    }

    [Fact]
    public async Task Windows_dictionaries_and_narrower_numbers_score_the_same()
    {
        using var handle = await Models.LoadAsync();
        var rows = Series.Rows().Skip(100).Take(20).Select(r => r with { Value = Math.Round(r.Value!.Value), Wind = 1 }).ToList();
        using var plain = Series.Batch(rows);
        var dictionary = new DictionaryType(Int8Type.Default, StringType.Default, false);
        var schema = new Schema(
        [
            new Field("wind", Int8Type.Default, true), new Field("town", dictionary, true), new Field("sky", dictionary, true),
            new Field("value", FloatType.Default, true), new Field("day_next", Int16Type.Default, true),
            new Field("more", BooleanType.Default, true),
        ], null);
        using var other = new RecordBatch(
            schema,
            [
                Arrays.Windowed(Int8Type.Default, [.. rows.Select(r => (object)(sbyte)r.Wind!)]),
                Arrays.Windowed(dictionary, [.. rows.Select(r => r.Town)]),
                Arrays.Windowed(dictionary, [.. rows.Select(r => r.Sky)]),
                Arrays.Windowed(FloatType.Default, [.. rows.Select(r => (object)(float)r.Value!)]),
                Arrays.Windowed(Int16Type.Default, [.. rows.Select(r => (object)(short)r.Day.AddDays(1).DayOfYear)]),
                Arrays.Windowed(BooleanType.Default, [.. rows.Select(_ => (object)true)]),
            ],
            rows.Count);

        Assert.Equal(Models.Scores(handle.Scorer, plain), Models.Scores(handle.Scorer, other));
    }

    [Theory]
    [InlineData("wind", null, "expected double, got no such column")]
    [InlineData("wind", "text", "expected double, got utf8")]
    [InlineData("day_next", "number", "expected int32, got double")]
    [InlineData("town", "number", "expected utf8, got double")]
    public async Task A_column_that_does_not_fit_is_one_error_with_column_expected_and_got(string column, string? instead, string message)
    {
        using var handle = await Models.LoadAsync();
        using var good = Series.Batch([Series.Rows()[0]]);
        var fields = new List<Field>();
        var arrays = new List<IArrowArray>();
        for (var i = 0; i < good.ColumnCount; i++)
        {
            var field = good.Schema.FieldsList[i];
            if (field.Name == column && instead is null)
                continue;
            IArrowType type = field.Name != column ? field.DataType : instead == "text" ? StringType.Default : DoubleType.Default;
            fields.Add(new Field(field.Name, type, true));
            arrays.Add(field.Name != column ? good.Column(i) : Arrays.Of(type, [instead == "text" ? "1" : 1.0]));
        }

        var bad = new RecordBatch(new Schema(fields, null), arrays, 1);
        var error = Assert.Throws<MalformedDataException>(() => handle.Scorer.Score(bad, MemoryAllocator.Default.Value));

        Assert.Equal(column, error.Column);
        Assert.Equal($"Model 'series' version 1 takes column '{column}': {message}.", error.Message);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData(true)]
    public async Task A_single_value_of_another_kind_is_refused_by_name(object wind)
    {
        using var handle = await Models.LoadAsync();
        var row = Named(Series.Rows()[0]);
        row["wind"] = wind;

        Assert.Equal("wind", Assert.Throws<MalformedDataException>(() => handle.Scorer.Score(row)).Column);
        row.Remove("wind");
        Assert.Equal("wind", Assert.Throws<MalformedDataException>(() => handle.Scorer.Score(row)).Column);
    }

    [Fact]
    public async Task An_empty_batch_scores_to_an_empty_one()
    {
        using var handle = await Models.LoadAsync();
        using var batch = Series.Batch([]);

        Assert.Empty(Models.Scores(handle.Scorer, batch));
    }

    private static Dictionary<string, object?> Named(Series.Row row) => new()
    {
        ["town"] = row.Town,
        ["day_next"] = row.Day.AddDays(1).DayOfYear,
        ["value"] = row.Value,
        ["wind"] = row.Wind,
        ["sky"] = row.Sky,
        ["not_taken"] = 1,
    };
}
