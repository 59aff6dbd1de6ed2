using Apache.Arrow.Types;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Rules;

public class NotNullRuleTests
{
    [Fact]
    public void Every_null_fails_and_all_rows_are_checked()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", 1, null, 3, null), q => q.NotNull("x"));
        Assert.Equal(VerdictOutcome.Fail, verdict.Outcome);
        Assert.Equal((4, 2), (verdict.Checked, verdict.Failed));
        Assert.Equal([1, 3], Suites.Failing(verdict));
        Assert.All(verdict.Samples, s => Assert.Null(s.Value));
        Assert.Equal("x has a value", verdict.Expectation);
    }

    [Fact]
    public void NaN_is_a_value_unless_the_suite_says_that_it_is_missing()
    {
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Rows.Doubles("x", 1, double.NaN), q => q.NotNull("x")).Outcome);
        Assert.Equal([1, 2], Suites.Failing(Suites.Verdict(Rows.Doubles("x", 1, double.NaN, null), q => q.NotNull("x").NaNIsMissing())));
    }

    [Theory]
    [InlineData(0.5, VerdictOutcome.Pass)]
    [InlineData(0.51, VerdictOutcome.Fail)]
    [InlineData(0.0, VerdictOutcome.Pass)]
    public void Mostly_takes_all_rows_as_denominator_and_includes_its_bound(double mostly, VerdictOutcome outcome) =>
        Assert.Equal(outcome, Suites.Verdict(Rows.Longs("x", 1, null, 3, null), q => q.NotNull("x").Mostly(mostly)).Outcome);

    [Fact]
    public void No_rows_are_nothing_to_check() =>
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Rows.Longs("x"), q => q.NotNull("x")).Outcome);

    [Fact]
    public void A_filter_leaves_rows_out_of_all_counts()
    {
        var batch = Rows.Of(
            ("x", Int64Type.Default, [1L, null, null, null]),
            ("kind", StringType.Default, ["a", "b", "a", null]));
        var verdict = Suites.Verdict(batch, q => q.NotNull("x").Where(Col("kind") == "a"));
        Assert.Equal((2, 1), (verdict.Checked, verdict.Failed));
        Assert.Equal([2], Suites.Failing(verdict));
    }

    [Fact]
    public void A_column_of_type_null_fails_in_every_row() =>
        Assert.Equal(2, Suites.Verdict(Rows.Of(("x", NullType.Default, [null, null])), q => q.NotNull("x")).Failed);

    [Fact]
    public void A_dictionary_column_is_looked_at_by_row() =>
        Assert.Equal([1], Suites.Failing(Suites.Verdict(
            Rows.Of(("x", new DictionaryType(Int32Type.Default, StringType.Default, false), ["a", null, "a"])), q => q.NotNull("x"))));

    [Fact]
    public void An_unknown_column_is_named_with_those_there_are()
    {
        var error = Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.NotNull("y")));
        Assert.Contains("'y'", error.Message);
        Assert.Contains("there are x", error.Message);
        Assert.Equal("y", error.Column);
    }

    [Fact]
    public void Samples_are_capped_and_counts_are_exact()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", new long?[100]), q => q.NotNull("x"));
        Assert.Equal(100, verdict.Failed);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), Suites.Failing(verdict));
    }
}
