using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Rules that hold a dataset against another one.</summary>
public class ReferenceRuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Keys_that_are_not_there_violate_and_missing_ones_are_not_checked()
    {
        var own = () => Rows.Of(("k", StringType.Default, ["a", "x", null, "b", "x"]), ("n", Int32Type.Default, [1, 2, 3, null, 1]));
        var there = () => Rows.Of(("id", StringType.Default, ["b", "a", null, "a"]), ("m", Int64Type.Default, [1L, 1L, 2L, 7L]));
        var verdict = Check(own, there, q => q.ForeignKey("k", "r", "id"));
        Assert.Equal((5, 1, 4, 2, VerdictOutcome.Fail), (verdict.Elements, verdict.Missing, verdict.Checked, verdict.Failed, verdict.Outcome));
        Assert.Equal([1, 4], verdict.Samples.Select(s => s.Row));
        Assert.Equal("\"x\"", verdict.Samples[0].Json);
        // Numbers meet whatever their width, and a key of several columns has to be that of one row.
        Assert.Equal([2], Check(own, there, q => q.ForeignKey("n", "r", "m")).Samples.Where(s => s.Row == 2).Select(s => s.Row));
        Assert.Equal([1, 4], Check(own, there, q => q.ForeignKey(["k", "n"], "r", ["id", "m"])).Samples.Select(s => s.Row));
        Assert.Equal([0, 3], Check(own, there, q => q.Add(new ForeignKeyRule(["k"], "r", ["id"], negated: true))).Samples.Select(s => s.Row));
        Assert.Equal([4], Check(own, there, q => q.ForeignKey("k", "r", "id").Where(Col("n") == 1)).Samples.Select(s => s.Row));
        // One set of keys serves all groups.
        Assert.Equal(2, CheckAll(own, there, q => q.ForeignKey("k", "r", "id").PerGroup("n")).Sum(v => v.Failed));
    }

    [Fact]
    [Trait("Category", "Property")]
    public void A_foreign_key_is_what_a_set_says()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var own = Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(8) == 0 ? null : (object?)(long)random.Next(20)).ToArray();
            var other = Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(8) == 0 ? null : (object?)(double)random.Next(20)).ToArray();
            var verdict = Check(() => Rows.Of(("a", Int64Type.Default, own)), () => Rows.Of(("b", DoubleType.Default, other)), q => q.ForeignKey("a", "r", "b").Mostly(0.5), int.MaxValue);
            var wanted = own.Index().Where(v => v.Item is long l && !other.Contains((double)l)).Select(v => (long)v.Index).ToList();
            Assert.Equal(wanted, verdict.Samples.Select(s => s.Row));
            Assert.Equal(own.Count(v => v is not null), verdict.Checked);
        }
    }

    [Theory]
    [InlineData("r", "id", "no column 'id'")]
    [InlineData("nobody", "m", "no reference 'nobody'; there are r")]
    [InlineData("r", "s", "it is int64, and 's' of 'r' is utf8")]
    [InlineData("r", "d", "it is int64, and 'd' of 'r' is date32")]
    public async Task What_does_not_fit_the_other_dataset_is_said(string reference, string column, string message)
    {
        var suite = new QualityBuilder().ForeignKey("n", reference, column).Build();
        using var own = Rows.Longs("n", 1);
        using var there = Rows.Of(("m", Int64Type.Default, [1L]), ("s", StringType.Default, ["1"]), ("d", Date32Type.Default, [new DateOnly(2024, 1, 1)]));
        var options = new CheckOptions { References = new Dictionary<string, ReferenceRows> { ["r"] = RowsOf(there, 1) } };
        var error = await Assert.ThrowsAsync<PlanException>(() => suite.CheckAsync(Rows.Stream([]), own.Schema, options, Cancel).AsTask());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("check:", error.Message, StringComparison.Ordinal);
        var verdict = Assert.Single((await suite.CheckAsync(Rows.Stream([]), own.Schema, options with { UnfitRules = UnfitRules.Report }, Cancel)).Verdicts);
        Assert.Equal(VerdictOutcome.Error, verdict.Outcome);
        Assert.Contains(message, verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_other_datasets_the_message_says_so() => Assert.Contains(
        "none was given", Assert.Throws<PlanException>(() => Suites.Check(Rows.Longs("n", 1), q => q.ForeignKey("n", "r"))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_observed_is_compared_with_what_is_observed_there()
    {
        var own = () => Rows.Of(("n", Int64Type.Default, [1L, 2L, 3L]), ("s", StringType.Default, ["b", "c", null]));
        var there = () => Rows.Of(("m", DoubleType.Default, [2.0, 4.3]), ("s", StringType.Default, ["b", "z"]));
        Assert.Equal((VerdictOutcome.Fail, """{"self":3,"other":2}"""), Seen(Check(own, there, q => q.RowCountAs("r"))));
        Assert.Equal((VerdictOutcome.Pass, """{"self":3,"other":2}"""), Seen(Check(own, there, q => q.RowCountAs("r", tolerance: 0.5))));
        Assert.Equal((VerdictOutcome.Pass, """{"self":2,"other":2}"""), Seen(Check(own, there, q => q.RowCountAs("r").Where(Col("n") > 1))));
        Assert.Equal(VerdictOutcome.Fail, Check(own, there, q => q.SameAs("n", ColumnAggregate.Sum, "r", "m")).Outcome);
        Assert.Equal(VerdictOutcome.Pass, Check(own, there, q => q.SameAs("n", ColumnAggregate.Sum, "r", "m", tolerance: 0.05)).Outcome);
        Assert.Equal((VerdictOutcome.Pass, """{"self":"b","other":"b"}"""), Seen(Check(own, there, q => q.SameAs("s", ColumnAggregate.Min, "r"))));
        Assert.Equal(VerdictOutcome.Fail, Check(own, there, q => q.SameAs("s", ColumnAggregate.Max, "r")).Outcome);
        Assert.Contains("marks rows", Assert.Throws<PlanException>(() => Check(own, there, q => q.Add(new SameAsRule(new NotNullRule("s"), "r")))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SameAsRule(new ForeignKeyRule(["s"], "r"), "r"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SameAsRule(new RowCountRule(null, null), "r", tolerance: -1));
        Assert.Throws<ArgumentException>(() => new ForeignKeyRule([], "r"));
        Assert.Throws<ArgumentException>(() => new ForeignKeyRule(["a"], "r", ["a", "b"]));
    }

    [Fact]
    public async Task Rows_in_memory_and_tables_are_references_too()
    {
        var suite = new QualityBuilder<Reading>().ForeignKey(r => r.Station, "stations", "code").NotInReference(r => new { r.Station }, "closed", "code").Build();
        var options = new CheckOptions
        {
            References = new Dictionary<string, ReferenceRows>
            {
                ["stations"] = ReferenceRows.Of([new Station("A"), new Station("B")]),
                ["closed"] = ReferenceRows.Of([new Station("B")]),
            },
        };
        var result = await suite.CheckAsync([new Reading("A", 1), new Reading("B", 2), new Reading("C", 3)], options, Cancel);
        Assert.Equal([2L, 1L], result.Verdicts.SelectMany(v => v.Samples).Select(s => s.Row));
    }

    [Fact]
    public async Task A_gate_holds_rows_against_another_flow_and_sets_those_aside_that_have_no_partner()
    {
        await using var lake = Lake(Gate.Quarantine);
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal(["A", "B"], (await lake.ReadAsync<Reading>(Layer.Silver, "readings", Cancel)).Select(r => r.Station).Order());
        Assert.Equal(["in_reference", "same_as"], run.Verdicts.Select(v => v.Rule));
        var pinned = run.Inputs.Single(i => i.Dataset.Name == "stations");
        Assert.All(run.Verdicts, v => Assert.Equal($"{{\"{pinned.Dataset}\":\"{pinned.Position}\"}}", v.Details.Single(d => d.Name == "against").Json));
        Assert.Equal(VerdictOutcome.Fail, run.Verdicts[1].Outcome);
        var table = await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "readings"), Cancel);
        var reference = await ReferenceRows.OfAsync(table!, cancellationToken: Cancel);
        var again = await new QualityBuilder<Station>().ForeignKey(s => s.Code, "readings", "station").Build().CheckAsync(
            [new Station("A"), new Station("Z")], new CheckOptions { References = new Dictionary<string, ReferenceRows> { ["readings"] = reference } }, Cancel);
        Assert.Equal(1, Assert.Single(again.Verdicts).Failed);
    }

    [Fact]
    public async Task A_gate_that_stops_publishes_nothing()
    {
        await using var lake = Lake(Gate.Stop);
        Assert.Equal(RunState.Failed, (await lake.RunAsync("silver", Cancel)).State);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "readings"), Cancel));
    }

    [Fact]
    public void A_gate_names_references_that_are_missing_idle_or_read_in_parts()
    {
        var flow = Flow.Table(Layer.Bronze, "readings");
        var stations = Flow.Table(Layer.Bronze, "stations");
        Assert.Contains("'r', which is not given", Assert.Throws<PlanException>(() => flow.Check(q => q.ForeignKey("a", "r"))).Message, StringComparison.Ordinal);
        Assert.Contains("No rule of the suite holds the rows against 's'", Assert.Throws<PlanException>(
            () => flow.Check(q => q.ForeignKey("a", "r"), new Dictionary<string, Flow> { ["r"] = stations, ["s"] = stations })).Message, StringComparison.Ordinal);
        var parts = new Flow(new ScanNode(((ScanNode)stations.Node).Source, isIncremental: true));
        Assert.Contains("cannot be read incrementally", Assert.Throws<PlanException>(
            () => flow.Check(q => q.ForeignKey("a", "r"), new Dictionary<string, Flow> { ["r"] = parts })).Message, StringComparison.Ordinal);
        var node = (CheckNode)flow.Check(q => q.ForeignKey("a", "r"), new Dictionary<string, Flow> { ["r"] = stations }).Node;
        Assert.Equal(["r"], node.References);
        Assert.Equal(node.References, ((CheckNode)node.WithInputs(node.Inputs)).References);
    }

    private static (VerdictOutcome Outcome, string? Observed) Seen(Verdict verdict) => (verdict.Outcome, verdict.ObservedJson);

    private static Verdict Check(Func<RecordBatch> own, Func<RecordBatch> there, Func<QualityBuilder, QualityBuilder> rules, int samples = 20) =>
        Assert.Single(CheckAll(own, there, rules, samples));

    /// <summary>Checks in parts of several lengths, which must all say the same and leave nothing allocated.</summary>
    private static IReadOnlyList<Verdict> CheckAll(Func<RecordBatch> own, Func<RecordBatch> there, Func<QualityBuilder, QualityBuilder> rules, int samples = 20)
    {
        var suite = rules(new QualityBuilder()).Build();
        var results = new[] { 1, 2, 1000 }.Select(length =>
        {
            using var rows = own();
            using var others = there();
            var allocator = new TrackingAllocator();
            var options = new CheckOptions
            {
                Allocator = allocator,
                MaxSamples = samples,
                References = new Dictionary<string, ReferenceRows> { ["r"] = RowsOf(others, length) },
            };
            var result = suite.CheckAsync(Rows.Stream(Rows.Split(rows, length)), rows.Schema, options).AsTask().GetAwaiter().GetResult();
            Assert.Equal(0, allocator.HeldBytes);
            return result;
        }).ToList();
        Suites.Same(results[0], results[1]);
        Suites.Same(results[0], results[2]);
        return results[0].Verdicts;
    }

    private static ReferenceRows RowsOf(RecordBatch batch, int length) => new(batch.Schema, _ => Rows.Stream(Rows.Split(batch, length)));

    private static InMemoryLakehouse Lake(Gate gate) => new(dex => dex.AddPipeline("silver", p => p
        .ReadRows("readings", [new Reading("A", 1), new Reading("X", 2), new Reading("B", 3)])
        .Check(
            q => q.ForeignKey(r => r.Station, "stations", "code").RowCountAs("stations").Warn().OnFailure(gate),
            new Dictionary<string, Flow> { ["stations"] = p.ReadRows("stations", [new Station("A"), new Station("B")]) })
        .AppendTo(Layer.Silver, "readings").Unkeyed("a test")));

    private sealed record Reading(string Station, long Day);

    private sealed record Station(string Code);
}
