using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests.Gates;

public class QuarantineTests
{
    private static readonly DictionaryType Encoded = new(Int32Type.Default, StringType.Default, false);

    [Fact]
    public async Task A_bad_row_tells_file_line_rule_column_value_reason_and_all_violations()
    {
        var batch = Rows.Of(
            ("station", StringType.Default, ["a", null, "c"]),
            ("temp_c", DoubleType.Default, [20.5, 99.0, -3.0]),
            (RowOrigin.FileColumn, Encoded, ["in.csv", "in.csv", "in.csv"]),
            (RowOrigin.LineColumn, Int64Type.Default, [2L, 3L, 4L]));
        var suite = new QualityBuilder().Between("temp_c", -90, 60).NotNull("station").Named("has_station").OnFailure(Gate.Quarantine).Build();
        var run = await GateRun.RunAsync(suite, batch, 2);

        var row = Assert.Single(run.Quarantine.SelectMany(Rows.Read));
        Assert.Equal(QuarantineSchema.Schema.FieldsList.Select(f => f.Name), row.Keys);
        Assert.Equal("check", row["operator"]);
        Assert.Equal(("in.csv", 3L), (row["file"], row["line"]));
        Assert.Equal(("between", "temp_c", "99"), (row["rule"], row["column"], row["value"]));
        Assert.Equal("Expected that temp_c is between -90 and 60.", row["reason"]);
        Assert.Equal("{\"station\":null,\"temp_c\":99,\"_file\":\"in.csv\",\"_line\":3}", row["row"]);
        var violations = JsonDocument.Parse((string)row["violations"]!).RootElement.EnumerateArray().ToList();
        Assert.Equal(["between", "has_station"], violations.Select(v => v.GetProperty("rule").GetString()));
        Assert.Equal(JsonValueKind.Null, violations[1].GetProperty("value").ValueKind);
        Assert.Equal("Expected that station has a value.", violations[1].GetProperty("reason").GetString());
        Assert.Equal(new VerdictSample(1, "99", "in.csv", 3) { Json = "99" }, Assert.Single(run.Verdicts[0].Samples));
        Assert.Equal(1, run.Rows[Plans.RowFlow.Quarantined]);
        run.Release();
    }

    [Fact]
    public async Task Without_origin_columns_file_and_line_are_null()
    {
        var run = await GateRun.RunAsync(new QualityBuilder().NotNull("x").OnFailure(Gate.Quarantine).Build(), Rows.Longs("x", 1, null));
        var row = Assert.Single(run.Quarantine.SelectMany(Rows.Read));
        Assert.Null(row["file"]);
        Assert.Null(row["line"]);
        Assert.Null(row["value"]);
        run.Release();
    }

    [Fact]
    public async Task All_copies_are_set_aside_in_their_order_also_across_batches()
    {
        var suite = new QualityBuilder().Unique("x").AtMost("x", 8).OnFailure(Gate.Quarantine).Build();
        var run = await GateRun.RunAsync(suite, Rows.Longs("x", 1, 2, 3, 1, 9, null, 2), 2);
        Assert.Equal(["1", "2", "1", "9", "2"], run.Quarantine.SelectMany(Rows.Read).Select(r => r["value"]));
        Assert.Equal([3L, null], run.Output.SelectMany(Rows.Read).Select(r => r["x"]));
        Assert.Null(run.Stopped);
        Assert.True(run.Rows.IsBalanced);
        run.Release();
    }

    [Fact]
    public async Task A_stopped_gate_that_holds_rows_releases_none_of_them()
    {
        var suite = new QualityBuilder().Unique("x").Critical().OnFailure(Gate.Quarantine).Build();
        var run = await GateRun.RunAsync(suite, Rows.Longs("x", 1, 2, 1, 3), 1);
        Assert.NotNull(run.Stopped);
        Assert.Empty(run.Output);
        Assert.Equal(2, run.Quarantine.Sum(b => b.Length));
        run.Release();
        Assert.Equal(0, run.Allocator.HeldBytes);
    }

    [Fact]
    public async Task A_batch_without_violations_is_passed_on_as_it_is()
    {
        var batch = Rows.Longs("x", 1, 2);
        var suite = new QualityBuilder().NotNull("x").OnFailure(Gate.Quarantine).Build();
        var run = await GateRun.RunAsync(suite, batch.Schema, _ => [batch]);
        Assert.Same(batch, Assert.Single(run.Output));
        run.Release();
    }

    [Fact]
    public async Task Many_long_rows_are_written_in_several_batches()
    {
        var run = await GateRun.RunAsync(
            new QualityBuilder().InSet("x").OnFailure(Gate.Quarantine).Build(), Rows.Longs("x", [.. Enumerable.Range(0, 10_000).Select(i => (long?)i)]));
        Assert.Equal(3, run.Quarantine.Count);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"{i}"), run.Quarantine.SelectMany(Rows.Read).Select(r => r["value"]));
        Assert.Empty(run.Output);
        run.Release();
    }

    [Fact]
    public async Task A_row_keeps_every_digit_of_every_type()
    {
        var nanos = new TimestampType(TimeUnit.Nanosecond, (string?)null);
        var columns = new (string Name, IArrowType Type, object?[] Values, string Json)[]
        {
            ("bool", BooleanType.Default, [true], "true"),
            ("long", Int64Type.Default, [long.MinValue], "-9223372036854775808"),
            ("ulong", UInt64Type.Default, [ulong.MaxValue], "18446744073709551615"),
            ("double", DoubleType.Default, [0.1 + 0.2], "0.30000000000000004"),
            ("tiny", DoubleType.Default, [5e-324], "5E-324"),
            ("nan", DoubleType.Default, [double.NaN], "\"NaN\""),
            ("float", FloatType.Default, [float.MaxValue], "3.4028235E+38"),
            ("decimal", new Decimal128Type(38, 10), [-1.5m], "-1.5000000000"),
            ("small", new Decimal128Type(10, 3), [-0.001m], "-0.001"),
            ("text", StringType.Default, ["<a> \"ü\"\n"], "\"\\u003Ca\\u003E \\u0022\\u00FC\\u0022\\n\""),
            ("date", Date32Type.Default, [new DateOnly(1969, 12, 31)], "\"1969-12-31\""),
            ("utc", ArrowTypes.TimestampUtc, [DateTimeOffset.UnixEpoch.AddTicks(-10)], "\"1969-12-31T23:59:59.999999Z\""),
            ("local", ArrowTypes.TimestampLocal, [new DateTime(2024, 1, 2, 3, 4, 5)], "\"2024-01-02T03:04:05\""),
            ("nanos", nanos, [new DateTime(2024, 1, 2).AddTicks(1)], "\"2024-01-02T00:00:00.000000100\""),
            ("encoded", Encoded, ["a"], "\"a\""),
            ("none", NullType.Default, [null], "null"),
        };
        var batch = Rows.Of([.. columns.Select(c => (c.Name, c.Type, c.Values))]);
        var run = await GateRun.RunAsync(new QualityBuilder().NotNull("none").OnFailure(Gate.Quarantine).Build(), batch);
        var expected = "{" + string.Join(",", columns.Select(c => $"\"{c.Name}\":{c.Json}")) + "}";
        var row = (string)Assert.Single(run.Quarantine.SelectMany(Rows.Read))["row"]!;
        Assert.Equal(expected, row);
        Assert.Equal(columns.Length, JsonDocument.Parse(row).RootElement.EnumerateObject().Count());
        run.Release();
    }

    [Fact]
    public async Task Lists_and_structs_are_written_as_they_are()
    {
        var lists = new ListArray.Builder(Int64Type.Default);
        var items = (Int64Array.Builder)lists.ValueBuilder;
        lists.Append();
        items.Append(7);
        lists.Append();
        items.Append(1).AppendNull().Append(3);
        var inner = Rows.Column(StringType.Default, ["p", "q"]);
        var structure = new StructArray(new StructType([new Field("name", StringType.Default, true)]), 2, [inner], ArrowBuffer.Empty, 0);
        var x = Rows.Column(Int64Type.Default, [1L, null]);
        var list = lists.Build();
        var schema = new Schema([new("x", Int64Type.Default, true), new("l", list.Data.DataType, true), new("s", structure.Data.DataType, true)], null);
        var run = await GateRun.RunAsync(
            new QualityBuilder().NotNull("x").OnFailure(Gate.Quarantine).Build(), new RecordBatch(schema, [x, list, structure], 2));
        Assert.Equal("{\"x\":null,\"l\":[1,null,3],\"s\":{\"name\":\"q\"}}", Assert.Single(run.Quarantine.SelectMany(Rows.Read))["row"]);
        run.Release();
    }
}
