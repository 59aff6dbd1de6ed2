using Apache.Arrow.Types;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests;

/// <summary>The error of a rule is that of the lowest row, with its number in the whole stream, however rows are cut.</summary>
public class LowestFaultTests
{
    [Fact]
    public void The_row_is_named_by_its_number_in_the_stream()
    {
        // Two parts of a condition fail, the second of them in a lower row: all rows at once would meet the first part's error before.
        var verdict = Suites.Verdict(
            Rows.Of(("s", StringType.Default, ["1", "2", "3", "4", "x", "5"]), ("a", Int64Type.Default, [1L, 1L, 1L, 9L, 1L, 9L])),
            q => q.Satisfies((Col("s").Cast(Int64Type.Default) > 0) & (Col("a") * Lit(long.MaxValue) > 0)));
        Assert.Equal(VerdictOutcome.Error, verdict.Outcome);
        Assert.Contains("row 3", verdict.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "Row 4 holds 'x'",
            Suites.Verdict(Rows.Texts("s", "1", "2", "3", "4", "x", "y"), q => q.Satisfies(Col("s").Cast(Int64Type.Default) > 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_that_of_a_filter_of_any_rule()
    {
        foreach (var rule in (Rule[])[new NotNullRule("s"), new UniqueRule("s"), new RowCountRule(0, 9), new DirectionRule("s")])
        {
            var verdict = Suites.Verdict(Rows.Texts("s", "1", "2", "3", "x", "4", "y"), q => q.Add(rule).Where(Col("s").Cast(Int64Type.Default) > 0));
            Assert.Equal(VerdictOutcome.Error, verdict.Outcome);
            Assert.Contains("Row 3 holds 'x'", verdict.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Days_that_add_up_name_the_row_of_the_whole()
    {
        foreach (var rule in (Rule[])[new SatisfiesRule(Col("s").Cast(Int64Type.Default) > 0), new TextTimesRule(new BetweenRule("s", new DateTime(2024, 1, 1), null))])
        {
            var suite = new Suite(new SuiteRule(rule));
            var good = rule is SatisfiesRule ? "7" : "2024-01-02";
            using var first = Rows.Texts("s", good, good, good);
            using var second = Rows.Texts("s", good, "x");
            using var before = await SuiteState.ObserveAsync(suite, Rows.Stream([first.SliceShared(0, 3)]), first.Schema, cancellationToken: TestContext.Current.CancellationToken);
            using var later = await SuiteState.ObserveAsync(suite, Rows.Stream([second.SliceShared(0, 2)]), second.Schema, cancellationToken: TestContext.Current.CancellationToken);
            var saved = new MemoryStream();
            later.Save(saved);
            saved.Position = 0;
            using var loaded = SuiteState.Load(saved, suite, second.Schema);
            before.Merge(loaded);
            Assert.Contains("row 4", Assert.Single(before.Finish().Verdicts).Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_row_named_in_a_value_is_left_as_it_is()
    {
        var verdict = Suites.Verdict(Rows.Texts("s", "1", "Row 0 and row 0"), q => q.Satisfies(Col("s").Cast(Int64Type.Default) > 0));
        Assert.Contains("Row 1 holds 'Row 0 and row 0'", verdict.Message, StringComparison.Ordinal);
    }
}
