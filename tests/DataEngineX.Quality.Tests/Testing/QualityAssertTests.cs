using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Quality.Tests.Testing;

public class QualityAssertTests
{
    private static readonly Reading[] Readings = [.. Enumerable.Range(0, 30).Select(i => new Reading($"K{i}", i % 3 == 0 ? 999 : 20))];

    [Fact]
    public async Task What_holds_gives_the_result()
    {
        var result = await QualityAssert.HoldsAsync(Readings, q => q.NotNull(r => r.Station).Unique(r => r.Station));

        Assert.True(result.Success);
        Assert.Equal(2, result.Verdicts.Count);
    }

    [Fact]
    public async Task What_does_not_hold_tells_rules_counts_and_rows()
    {
        var failure = await Assert.ThrowsAsync<QualityAssertException>(async () => await QualityAssert.HoldsAsync(
            Readings, q => q.NotNull(r => r.Station).Between(r => r.TempC, -90, 60)));

        string[] lines = failure.Message.Split('\n');
        Assert.Equal("1 of 2 rules does not hold:", lines[0]);
        Assert.StartsWith("  between(temp_c) failed: 10 of 30 failed; expected: ", lines[1], StringComparison.Ordinal);
        Assert.Equal(["    row 0: 999", "    row 3: 999", "    row 6: 999 … and 7 more"], lines[2..]);
        Assert.Equal("temp_c", Assert.Single(failure.Verdicts).Column);
    }

    [Fact]
    public async Task However_much_fails_the_message_stays_below_twenty_lines_of_one_line_each()
    {
        Reading[] readings = [.. Enumerable.Range(0, 100).Select(_ => new Reading(new string('x', 5000) + "\n\u2028<b>", 999))];
        var failure = await Assert.ThrowsAsync<QualityAssertException>(async () => await QualityAssert.HoldsAsync(
            readings, q => Enumerable.Range(0, 50).Aggregate(q, (all, _) => all.Regex(r => r.Station, "^y"))));

        string[] lines = failure.Message.Split('\n');
        Assert.InRange(lines.Length, 10, 19);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 200));
        Assert.Equal("  … and 46 more rules", lines[^1]);
        Assert.Equal(50, failure.Verdicts.Count);
    }

    [Fact]
    public async Task A_rule_over_no_rows_does_not_hold_unless_its_suite_says_so()
    {
        await Assert.ThrowsAsync<QualityAssertException>(async () => await QualityAssert.HoldsAsync<Reading>([], q => q.NotNull(r => r.Station)));
        await QualityAssert.HoldsAsync<Reading>([], q => q.NotNull(r => r.Station).WhenNothingToCheck(NothingToCheck.Pass));
    }

    [Fact]
    public async Task Batches_are_checked_too()
    {
        using var batch = Rows.Longs("n", 1, 2, 3);
        var schema = batch.Schema;

        await Assert.ThrowsAsync<QualityAssertException>(async () => await QualityAssert.HoldsAsync(
            Rows.Stream(Rows.Split(batch, 2)), schema, q => q.Between("n", 0, 2)));
    }

    [Fact]
    public async Task The_gates_of_a_run_and_the_table_it_wrote_are_checked()
    {
        await using var lake = new InMemoryLakehouse(d => d
            .AddPipeline("gated", p => p.ReadRows("readings", Readings).Check(q => q.Between(r => r.TempC, -90, 60).OnFailure(Gate.Warn)).AppendTo(Layer.Silver, "readings").Unkeyed("a test"))
            .AddPipeline("open", p => p.ReadRows("readings", Readings).AppendTo(Layer.Silver, "open").Unkeyed("a test")));

        var gated = Assert.Throws<QualityAssertException>(() => QualityAssert.Holds(lake.RunAsync("gated").GetAwaiter().GetResult()));
        Assert.Contains("row 0: 999", gated.Message, StringComparison.Ordinal);
        var open = await lake.RunAsync("open");
        Assert.Contains("has no verdicts", Assert.Throws<QualityAssertException>(() => QualityAssert.Holds(open)).Message, StringComparison.Ordinal);
        var table = await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "readings"));
        await Assert.ThrowsAsync<QualityAssertException>(async () => await QualityAssert.HoldsAsync(table!, q => q.AtMost("temp_c", 60)));
        await QualityAssert.HoldsAsync(table!, q => q.NotNull("station").RowCount(30, 30));
    }

    public sealed record Reading(string? Station, double TempC);
}
