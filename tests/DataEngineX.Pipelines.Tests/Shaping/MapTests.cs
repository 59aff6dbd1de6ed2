using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Pipelines.Tests.Joins;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Shaping;

public sealed class MapTests
{
    private static readonly Schema Declared = new([new Field("number", Int32Type.Default, false), new Field("twice", Int32Type.Default, true)], null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_made_of_a_batch_and_columns_of_the_input_may_stand_in_it()
    {
        var flow = Source(out var rows).MapBatches("double", "1", Declared, Double);
        Assert.Equal(rows.Select(r => FormattableString.Invariant($"{r.Number}|{r.Number * 2}")), await ShapeFixture.LinesAsync(flow, 9, 3));
    }

    [Fact]
    public async Task The_input_itself_and_no_row_at_all_may_be_given()
    {
        var schema = RowShape.SchemaOf<JoinRow>();
        var source = Source(out var rows);
        Assert.Equal(rows.Length, (await ShapeFixture.LinesAsync(source.MapBatches("same", "1", schema, (b, _) => b))).Count);
        Assert.Empty(await ShapeFixture.LinesAsync(source.MapBatches("none", "1", schema, (_, _) => null)));
        var even = source.MapBatches("half", "1", schema, (b, a) => Selection.Take(b, Enumerable.Range(0, b.Length / 2).ToArray(), a));
        Assert.InRange((await ShapeFixture.LinesAsync(even)).Count, 1, rows.Length / 2);
    }

    [Fact]
    public async Task Nothing_moves_through_and_the_plan_says_that_it_is_opaque()
    {
        var flow = Source(out _).Where(Col("whole").IsNotNull()).MapBatches("double", "7", Declared, Double).Where(Col("number") > 5).Select("twice").Take(3);
        Assert.Equal(3, (await ShapeFixture.LinesAsync(flow)).Count);
        var plan = await ShapeFixture.PlanAsync(flow);
        Assert.Matches(
            @"limit [\s\S]*filter predicate=\(gt [\s\S]*map_batches opaque name=""double"" version=""7"" schema=\[""number"" int32, ""twice"" int32\?\]  \[streaming; recomputes the whole input\][\s\S]*filter [\s\S]*scan ",
            plan);
        Assert.DoesNotContain(" limit=", plan, StringComparison.Ordinal);
        Assert.DoesNotMatch("scan .* columns=", plan);
    }

    [Fact]
    public async Task Lineage_is_unknown_unless_it_is_declared()
    {
        var bound = await ShapeFixture.BindAsync(Source(out _).MapBatches(
            "double", "1", Declared, Double, isRowLocal: true, new Dictionary<string, IReadOnlyList<string>> { ["twice"] = ["number"] }));
        Assert.Equal([("number", LineageKind.Transformation)], bound.Lineage.Columns["twice"].Select(e => (e.Column, e.Kind)));
        Assert.Equal(5, bound.Lineage.Columns["number"].Count(e => e.Kind == LineageKind.Unknown));
        Assert.Equal(Plans.RecomputeKind.RowLocal, bound.Recompute.Kind);
        var wrong = Source(out _).MapBatches("double", "1", Declared, Double, lineage: new Dictionary<string, IReadOnlyList<string>> { ["twice"] = ["zip"] });
        await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(wrong));
    }

    [Fact]
    public void Name_and_version_make_the_fingerprint()
    {
        var source = Source(out _);
        string Text(string name, string version) => source.MapBatches(name, version, Declared, Double).Node.ToString();
        Assert.Equal(Text("a", "1"), Text("a", "1"));
        Assert.NotEqual(Text("a", "1"), Text("a", "2"));
        Assert.NotEqual(Text("a", "1"), Text("b", "1"));
        Assert.Throws<ArgumentException>(() => Text(" ", "1"));
        Assert.Throws<ArgumentException>(() => Text("a", ""));
    }

    [Fact]
    public async Task Code_that_throws_is_an_error_that_names_the_step()
    {
        var source = new CutSource("l", JoinFixture.Rows(new Random(1), 50, 9), 1, 9);
        var flow = JoinFixture.Flow(source).MapBatches("broken", "1", Declared, (_, _) => throw new FormatException("no way"));
        var error = await Assert.ThrowsAsync<OperatorException>(() => JoinFixture.LinesAsync(JoinFixture.Reader(9, 3), flow, "number"));
        Assert.Equal("'map_batches broken' failed: no way", error.Message);
        Assert.Equal(0, source.Allocator!.HeldBytes);
    }

    [Theory]
    [InlineData("columns", "it gave 1 columns and declares 2: number, twice.")]
    [InlineData("name", "it gave 'thrice' where it declares 'twice'.")]
    [InlineData("type", "it gave int64 and declares int32.")]
    [InlineData("null", "nulls, and declares that there are none.")]
    [InlineData("length", "values in a batch of")]
    public async Task A_batch_that_is_not_as_declared_is_an_error_and_leaks_nothing(string what, string message)
    {
        var source = new CutSource("l", JoinFixture.Rows(new Random(1), 50, 9), 1, 9);
        var flow = JoinFixture.Flow(source).MapBatches("wrong", "1", Declared, (batch, allocator) => Wrong(what, batch, allocator));
        var error = await Assert.ThrowsAsync<OperatorException>(() => JoinFixture.LinesAsync(JoinFixture.Reader(9, 3), flow, "number"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("map_batches wrong", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Allocator!.HeldBytes);
    }

    [Fact]
    public async Task Rows_are_made_of_rows()
    {
        var source = Source(out var rows).As<JoinRow>();
        var flow = source.MapRows("label", "1", r => new { Label = $"{r.Number}:{r.Text}", r.Whole });
        Assert.Equal(rows.Select(r => $"{r.Number}:{r.Text}|{(r.Whole is { } w ? FormattableString.Invariant($"{w}") : "-")}"), await ShapeFixture.LinesAsync(flow, 9, 3));
        var bound = await ShapeFixture.BindAsync(flow);
        Assert.StartsWith("map_rows opaque name=\"label\" version=\"1\" schema=[\"label\" utf8?, \"whole\" int32?]", bound.Node.ToString(), StringComparison.Ordinal);
        Assert.Equal(Plans.RecomputeKind.RowLocal, bound.Recompute.Kind);
        Assert.All(bound.Lineage.Columns["label"], e => Assert.Equal(LineageKind.Unknown, e.Kind));
    }

    [Fact]
    public async Task Row_code_that_throws_or_reads_what_is_not_there_is_named()
    {
        var source = Source(out _);
        var thrown = await Assert.ThrowsAsync<OperatorException>(() => EngineFixture.Reader().ToListAsync(
            source.As<JoinRow>().MapRows("label", "1", r => r.Number < 10 ? new { r.Number } : throw new FormatException("ten")), Cancel));
        Assert.Equal("'map_rows label' failed: ten", thrown.Message);
        var missing = await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(source.As<Reading>().MapRows("label", "1", r => new { r.Count })));
        Assert.Contains("map_rows: There is no column 'station'", missing.Message, StringComparison.Ordinal);
        var nulls = await Assert.ThrowsAsync<OperatorException>(() => EngineFixture.Reader().ToListAsync(
            source.As<JoinRow>().MapRows("label", "1", JoinRow (r) => null!), Cancel));
        Assert.Contains("leave rows out with Where", nulls.Message, StringComparison.Ordinal);
    }

    private static Flow Source(out JoinRow[] rows)
    {
        rows = JoinFixture.Rows(new Random(1), 50, 9);
        return JoinFixture.Flow(new CutSource("l", rows, 1, 9));
    }

    private static RecordBatch Double(RecordBatch batch, MemoryAllocator allocator)
    {
        var number = batch.Column("number");
        return new RecordBatch(Declared, [number, Arithmetic.Apply(ArithmeticOperator.Multiply, number, 2, allocator)], batch.Length);
    }

    private static RecordBatch Wrong(string what, RecordBatch batch, MemoryAllocator allocator)
    {
        IArrowArray number = batch.Column("number");
        IArrowArray Ints(int length) => Constants.Create(Int32Type.Default, 1, length, allocator);
        (string Name, IArrowArray Column)[] columns = what switch
        {
            "columns" => [("number", number)],
            "name" => [("number", number), ("thrice", Ints(batch.Length))],
            "type" => [("number", number), ("twice", Constants.Create(Int64Type.Default, 1L, batch.Length, allocator))],
            "null" => [("number", Constants.Nulls(Int32Type.Default, batch.Length, allocator)), ("twice", number)],
            _ => [("number", number), ("twice", Ints(batch.Length + 1))],
        };
        return new RecordBatch(new Schema(columns.Select(c => new Field(c.Name, c.Column.Data.DataType, true)), null), columns.Select(c => c.Column), batch.Length);
    }
}
