using Apache.Arrow;
using Apache.Arrow.Types;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests;

public class VerdictShapeTests
{
    private sealed record Reading(string Station, long Value);

    [Fact]
    public void A_verdict_tells_all_rows_those_without_a_value_and_those_that_fail()
    {
        var verdict = Suites.Verdict(
            Rows.Longs("x", 1, null, 7, 8, null, 9),
            q => q.Between("x", 0, 8).Where(Col("x").IsNull() | (Col("x") > 1)).Tagged("a", "b"));
        Assert.Equal((5, 2, 3, 1), (verdict.Elements, verdict.Missing, verdict.Checked, verdict.Failed));
        Assert.Equal(["a", "b"], verdict.Tags);
        Assert.Equal(["x"], verdict.Columns);
        Assert.Equal(["min=0", "max=8", "strict_min=false", "strict_max=false"], verdict.Parameters.Select(p => $"{p.Name}={p.Json}"));
        Assert.NotNull(verdict.Where);
    }

    [Fact]
    public void The_most_common_failing_values_come_first_and_of_equally_common_ones_the_lower()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", 30, 4, 5, 5, 30, 4, 1, 5, 7), q => q.AtMost("x", 3));
        Assert.Equal([("5", 3L), ("4", 2L), ("30", 2L), ("7", 1L)], verdict.CommonValues.Select(v => (v.Json, v.Count)));
    }

    [Fact]
    public void Copies_of_a_key_are_counted_with_the_first()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", "a", "b", "a", "c", "b", "a"), q => q.Unique("x").KeyColumns("x"));
        Assert.Equal([("\"a\"", 3L), ("\"b\"", 2L)], verdict.CommonValues.Select(v => (v.Json, v.Count)));
        Assert.Equal([0, 1, 2, 4, 5], Suites.Failing(verdict));
        Assert.All(verdict.Samples, s => Assert.Equal(s.Json, Assert.Single(s.Keys).Json));
    }

    [Theory]
    [InlineData(0.995, VerdictOutcome.Pass, Severity.Error)]
    [InlineData(0.95, VerdictOutcome.Fail, Severity.Warning)]
    [InlineData(0.85, VerdictOutcome.Fail, Severity.Error)]
    [InlineData(0.4, VerdictOutcome.Fail, Severity.Critical)]
    public void One_rule_has_several_thresholds(double share, VerdictOutcome outcome, Severity severity)
    {
        var rows = Rows.Longs("x", [.. Enumerable.Range(0, 1000).Select(i => (long?)(i < share * 1000 ? 0 : 1))]);
        var result = Suites.Check(
            rows, q => q.AtMost("x", 0).Mostly(0.9).Threshold(Severity.Warning, 0.99).Threshold(Severity.Critical, 0.5).OnFailure(Gate.Stop));
        var verdict = Assert.Single(result.Verdicts);
        Assert.Equal((outcome, severity), (verdict.Outcome, verdict.Severity));
        Assert.Equal([share >= 0.99, share >= 0.5], verdict.Thresholds.Select(t => t.Passed));
        Assert.Equal(severity > Severity.Warning && outcome == VerdictOutcome.Fail, result.Stopping.Count > 0);
    }

    [Fact]
    public void Each_group_has_a_verdict_of_its_own()
    {
        var rows = Rows.Of(
            ("s", StringType.Default, ["a", "b", "a", null, "b", "a"]),
            ("x", Int64Type.Default, [1L, 1L, 1L, 2L, 5L, 3L]));
        var result = Suites.Check(rows, q => q.Unique("x").PerGroup("s").AtMost("x", 2).PerGroup("s").Mostly(0.6));
        Assert.Equal(
            ["s=\"a\" 3/2", "s=\"b\" 2/0", "s=null 1/0", "s=\"a\" 3/1", "s=\"b\" 2/1", "s=null 1/0"],
            result.Verdicts.Select(v => $"{Assert.Single(v.Group).Name}={v.Group[0].Json} {v.Checked}/{v.Failed}"));
        Assert.Equal([0, 2], Suites.Failing(result.Verdicts[0]));
        Assert.Equal([5], Suites.Failing(result.Verdicts[3]));
        Assert.Equal(VerdictOutcome.Fail, result.Verdicts[4].Outcome);
        Assert.Equal(VerdictOutcome.Pass, result.Verdicts[3].Outcome);
    }

    [Fact]
    public async Task Rows_of_groups_are_set_aside_like_any_other()
    {
        var rows = Rows.Of(
            ("s", StringType.Default, ["a", "b", "a", "c", "b", "a"]),
            ("x", Int64Type.Default, [1L, 1L, 1L, 9L, 5L, 3L]));
        var suite = new QualityBuilder().Unique("x").PerGroup("s").AtMost("x", 8).PerGroup("s").OnFailure(Gate.Quarantine).Build();
        var run = await GateRun.RunAsync(suite, rows, 4);
        Assert.Equal(["1", "1", "9"], run.Quarantine.SelectMany(Rows.Read).Select(r => r["value"]));
        Assert.Equal([1L, 5L, 3L], run.Output.SelectMany(Rows.Read).Select(r => r["x"]));
        run.Release();
        Assert.Equal(0, run.Allocator.HeldBytes);
    }

    [Fact]
    public void A_rule_by_group_without_rows_had_nothing_to_check()
    {
        var verdict = Suites.Verdict(Rows.Longs("x"), q => q.NotNull("x").PerGroup("x"));
        Assert.Equal((VerdictOutcome.NotEvaluated, 0), (verdict.Outcome, verdict.Group.Count));
    }

    [Fact]
    public async Task Samples_are_as_many_as_asked_for_and_name_the_key()
    {
        var rows = Enumerable.Range(0, 100_000).Select(i => new Reading($"s{i}", i));
        var suite = new QualityBuilder<Reading>().AtMost(r => r.Value, 99_899L).KeyColumns(r => r.Station).MaxSamples(3).Build();
        var few = await suite.CheckAsync(rows, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([99_900, 99_901, 99_902], few.Verdicts[0].Samples.Select(s => s.Row));
        Assert.Equal(100_000, few.Rows);
        Assert.Equal(new VerdictField("station", "\"s99901\""), Assert.Single(few.Verdicts[0].Samples[1].Keys));
        var all = await suite.CheckAsync(rows, new CheckOptions { MaxSamples = int.MaxValue, KeyColumns = [] }, TestContext.Current.CancellationToken);
        Assert.Equal(100, all.Verdicts[0].Samples.Count);
        Assert.Empty(all.Verdicts[0].Samples[0].Keys);
    }

    [Fact]
    public async Task A_rule_that_does_not_fit_is_refused_or_reported()
    {
        using var batch = Rows.Texts("x", "a");
        var suite = new QualityBuilder().Between("x", 1, 2).NotNull("y").NotNull("x").Build();
        await Assert.ThrowsAsync<PlanException>(
            async () => await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 1)]), batch.Schema, cancellationToken: TestContext.Current.CancellationToken));
        var result = await suite.CheckAsync(
            Rows.Stream([batch.SliceShared(0, 1)]),
            batch.Schema,
            new CheckOptions { UnfitRules = UnfitRules.Report },
            TestContext.Current.CancellationToken);
        Assert.Equal([VerdictOutcome.Error, VerdictOutcome.Error, VerdictOutcome.Pass], result.Verdicts.Select(v => v.Outcome));
        Assert.Contains("no column 'y'", result.Verdicts[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_megabytes_makes_a_short_sample()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", new string('é', 10_000_000), "a"), q => q.InSet("x", "a"));
        var sample = Assert.Single(verdict.Samples);
        Assert.Equal(200, sample.Value!.Length);
        Assert.EndsWith("é…\"", sample.Json, StringComparison.Ordinal);
    }
}
