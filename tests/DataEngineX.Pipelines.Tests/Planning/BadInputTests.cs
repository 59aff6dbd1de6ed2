using Apache.Arrow.Types;
using DataEngineX.Pipelines.Tests.Running;
using DataEngineX.Plans;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Planning;

/// <summary>What is wrong in a pipeline is one error that names pipeline, operator, column and value, before anything runs where that can be known.</summary>
public sealed class BadInputTests
{
    private static readonly Bronze[] Days = [new("a", new(2015, 1, 1), 1), new("b", new(2015, 1, 2), 2), new("12", new(2015, 1, 3), double.NaN)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Case(Func<Flow, Flow> Build, string Operator, string? Column, params string[] Words);

    /// <summary>Columns are station, day and temp.</summary>
    private static readonly Dictionary<string, Case> Binding = new(StringComparer.Ordinal)
    {
        ["filter: unknown column"] = new(f => f.Where(Col("nope") > 1), "filter", "nope", "station, day, temp"),
        ["filter: no condition"] = new(f => f.Where(Col("temp") + 1), "filter", null, "double", "must be bool"),
        ["filter: types that cannot be compared"] = new(f => f.Where(Col("station") > Col("temp")), "filter", null, "utf8", "double"),
        ["filter: a literal that is none"] = new(f => f.Where(Col("day") == "yesterday"), "filter", null, "yesterday", "date32"),
        ["filter: an unknown function"] = new(f => f.Where(new Expressions.CallExpr("frobnicate", [Col("temp")])), "filter", null, "frobnicate"),
        ["select: unknown column"] = new(f => f.Select(Col("nope").As("x")), "select", "nope"),
        ["select: text is no number"] = new(f => f.Select(Col("station").Abs().As("x")), "select", null, "abs", "utf8"),
        ["select: a cast that cannot be"] = new(f => f.Select(Col("day").Cast(BooleanType.Default).As("x")), "select", null, "date32", "bool"),
        ["select: null without type"] = new(f => f.Select(Lit(null).As("x")), "select", "x", "Cast"),
        ["derive: unknown column"] = new(f => f.Derive((Col("nope") + 1).As("x")), "derive", "nope"),
        ["derive: a literal that cannot be computed"] = new(f => f.Derive(Lit("12x").Cast(Int32Type.Default).As("x")), "derive", null, "12x"),
        ["derive: a zone that is none"] = new(f => f.Derive(Col("day").Cast(new TimestampType(TimeUnit.Microsecond, (string?)null)).ToInstant("Moon/Base").As("x")), "derive", null, "Moon/Base"),
        ["derive: a pattern that is none"] = new(f => f.Derive(Col("station").MatchesRegex("(").As("x")), "derive", null, "("),
        ["group_by: unknown key"] = new(f => f.GroupBy(Col("nope").As("nope")).Aggregate(Aggregate.Count()), "group_by", "nope"),
        ["group_by: unknown value"] = new(f => f.GroupBy(Col("day").As("day")).Aggregate(Aggregate.Sum(Col("nope")).As("s")), "group_by", "nope"),
        ["group_by: a sum of texts"] = new(f => f.GroupBy(Col("day").As("day")).Aggregate(Aggregate.Sum(Col("station")).As("s")), "group_by", "s", "utf8"),
        ["distinct: unknown key"] = new(f => f.Distinct("nope"), "distinct", "nope"),
        ["sort: unknown key"] = new(f => f.OrderBy(new OrderKey("nope")), "sort", "nope"),
        ["top: unknown key"] = new(f => f.OrderBy(new OrderKey("nope")).Take(3), "sort", "nope"),
        ["window: unknown partition"] = new(f => f.Window(["nope"], [new OrderKey("day")], WindowColumn.RowNumber()), "window", "nope"),
        ["window: unknown order"] = new(f => f.Window(["day"], [new OrderKey("nope")], WindowColumn.RowNumber()), "window", "nope"),
        ["window: unknown value"] = new(f => f.Window(["day"], [new OrderKey("day")], WindowColumn.Lag(Col("nope")).As("x")), "window", "nope"),
        ["window: a mean of texts"] = new(f => f.Window(["day"], [new OrderKey("day")], WindowColumn.RunningMean(Col("station")).As("x")), "window", "x", "utf8"),
        ["window: a name that is taken"] = new(f => f.Window(["day"], [new OrderKey("day")], WindowColumn.RowNumber().As("temp")), "window", "temp"),
        ["union: types that do not meet"] = new(f => f.Union(f.Select(Col("day").As("temp"))), "union", "temp", "double", "date32"),
        ["join: unknown left key"] = new(f => f.Join(f, [Col("nope")], [Col("day")]), "join", "nope"),
        ["join: unknown right key"] = new(f => f.Join(f, [Col("day")], [Col("nope")]), "join", "nope"),
        ["join: keys that cannot be compared"] = new(f => f.Join(f, [Col("day")], [Col("station")]), "join", null, "date32", "utf8"),
        ["join: no condition"] = new(f => f.Join(f, [Col("day")], [Col("day")], JoinKind.Left, Col("temp") + 1), "join", null, "must be bool"),
        ["join: unknown column in the condition"] = new(f => f.Join(f, [Col("day")], [Col("day")], JoinKind.Left, Col("nope") > 1), "join", "nope"),
        ["cross join: unknown column"] = new(f => f.CrossJoin(f.Select(Col("day").As("other")), Col("nope") == Col("other")), "join", "nope"),
        ["scan: a table that is not there"] = new(f => f.Union(Flow.Table(Layer.Gold, "nowhere")), "scan", null, "gold/nowhere", "does not exist"),
    };

    /// <summary>Known only by the rows.</summary>
    private static readonly Dictionary<string, Case> Running = new(StringComparer.Ordinal)
    {
        ["a text that is no number"] = new(f => f.Derive(Col("station").Cast(Int32Type.Default).As("n")), "derive", "n", "'a'"),
        ["a number that does not fit"] = new(f => f.Derive((Col("temp") * 1000).Cast(Int8Type.Default).As("n")), "derive", "n", "1000"),
        ["a text in a condition"] = new(f => f.Where(Col("station").Cast(Int32Type.Default) > 1), "filter", null, "'a'"),
        ["a text in a key"] = new(f => f.GroupBy(Col("station").Cast(Int32Type.Default).As("n")).Aggregate(Aggregate.Count()), "group_by", null, "'a'"),
        ["a sum that does not fit"] = new(
            f => f.Select((Col("day").Day().Cast(Int64Type.Default) * 0 + long.MaxValue).As("big")).GroupBy().Aggregate(Aggregate.Sum(Col("big")).As("s")), "group_by", "s"),
        ["a running sum that does not fit"] = new(
            f => f.Derive((Col("day").Day().Cast(Int64Type.Default) * 0 + long.MaxValue).As("big")).Window([], [new OrderKey("day")], WindowColumn.RunningSum(Col("big")).As("s")), "window", "s"),
        ["a text in a join key"] = new(f => f.Join(f.Select(Col("day").As("other")), [Col("station").Cast(Date32Type.Default)], [Col("other")]), "join", null, "'a'"),
    };

    public static TheoryData<string> BindingCases => [.. Binding.Keys];

    public static TheoryData<string> RunningCases => [.. Running.Keys];

    [Theory]
    [MemberData(nameof(BindingCases))]
    public async Task What_can_be_known_before_is_refused_while_binding(string name)
    {
        var bad = Binding[name];
        await using var lake = Lake(bad);
        var runner = (IPipelineRunner)lake.Services.GetService(typeof(IPipelineRunner))!;
        var error = await Assert.ThrowsAsync<PlanException>(async () => await runner.PlanAsync("bad.one", Cancel));
        Assert.Equal(("bad.one", bad.Operator, bad.Column), (error.Pipeline, error.Operator, error.Column));
        Assert.All(bad.Words, w => Assert.Contains(w, error.Message, StringComparison.Ordinal));
        Assert.Contains("bad.one", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RunningCases))]
    public async Task What_only_rows_show_fails_the_run_with_operator_column_and_value(string name)
    {
        var bad = Running[name];
        await using var lake = Lake(bad);
        var run = await lake.RunAsync("bad.one", Cancel);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains(bad.Operator, run.Error, StringComparison.Ordinal);
        if (bad.Column is not null)
            Assert.Contains($"'{bad.Column}'", run.Error, StringComparison.Ordinal);
        Assert.All(bad.Words, w => Assert.Contains(w, run.Error, StringComparison.Ordinal));
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "out"), Cancel));
    }

    private static InMemoryLakehouse Lake(Case bad) =>
        new(dex => dex.AddPipeline("bad.one", p => bad.Build(p.ReadRows("days", Days)).ReplaceTable(Layer.Silver, "out").Unkeyed("a test")));
}
