using Apache.Arrow.Types;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Rules;

public class UniqueRuleTests
{
    [Fact]
    public void Every_copy_fails_the_first_too_and_nulls_are_ignored()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", 5, 1, null, 2, 1, null, 1), q => q.Unique("x"));
        Assert.Equal((5, 3), (verdict.Checked, verdict.Failed));
        Assert.Equal([1, 4, 6], Suites.Failing(verdict));
        Assert.All(verdict.Samples, s => Assert.Equal("1", s.Value));
    }

    [Fact]
    public void In_a_key_of_several_columns_null_equals_null()
    {
        var batch = Rows.Of(
            ("a", StringType.Default, ["x", "x", "y", null, null, "x"]),
            ("b", Int64Type.Default, [1L, null, 1L, null, null, null]));
        var verdict = Suites.Verdict(batch, q => q.Unique("a", "b"));
        // The two rows without any key value are not checked.
        Assert.Equal((4, 2), (verdict.Checked, verdict.Failed));
        Assert.Equal([1, 5], Suites.Failing(verdict));
        Assert.Equal("a, b", verdict.Column);
        Assert.Equal("{\"a\":\"x\",\"b\":null}", verdict.Samples[0].Value);
    }

    [Fact]
    public void Texts_that_join_to_the_same_are_different_keys()
    {
        var batch = Rows.Of(("a", StringType.Default, ["ab", "a"]), ("b", StringType.Default, ["c", "bc"]));
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(batch, q => q.Unique("a", "b")).Outcome);
    }

    [Fact]
    public void NaN_equals_NaN_and_negative_zero_equals_zero()
    {
        Assert.Equal([0, 2], Suites.Failing(Suites.Verdict(Rows.Doubles("x", double.NaN, 1, double.NaN), q => q.Unique("x"))));
        Assert.Equal([0, 1], Suites.Failing(Suites.Verdict(Rows.Doubles("x", 0.0, -0.0, 1), q => q.Unique("x"))));
    }

    [Fact]
    public void Missing_NaN_is_ignored_alone_and_equals_null_in_a_key()
    {
        Assert.Equal(1, Suites.Verdict(Rows.Doubles("x", double.NaN, 1, double.NaN), q => q.Unique("x").NaNIsMissing()).Checked);
        var batch = Rows.Of(("a", DoubleType.Default, [double.NaN, null]), ("b", Int64Type.Default, [1L, 1L]));
        Assert.Equal([0, 1], Suites.Failing(Suites.Verdict(batch, q => q.Unique("a", "b").NaNIsMissing())));
    }

    [Fact]
    public void Rows_left_out_by_a_filter_are_no_copies()
    {
        var batch = Rows.Of(("x", Int64Type.Default, [1L, 1L, 2L, 2L]), ("keep", BooleanType.Default, [true, false, true, true]));
        Assert.Equal([2, 3], Suites.Failing(Suites.Verdict(batch, q => q.Unique("x").Where(Col("keep")))));
    }

    [Fact]
    public void The_lowest_row_numbers_are_sampled_however_late_their_copies_come()
    {
        // Keys 0 to 49 in order, then the same keys backwards: the first row is the last to be found a copy.
        long?[] values = [.. Enumerable.Range(0, 50).Select(i => (long?)i), .. Enumerable.Range(0, 50).Reverse().Select(i => (long?)i)];
        var verdict = Suites.Verdict(Rows.Longs("x", values), q => q.Unique("x"));
        Assert.Equal(100, verdict.Failed);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), Suites.Failing(verdict));
    }

    [Fact]
    public void Mostly_is_a_share_of_the_rows_with_a_key()
    {
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Rows.Longs("x", 1, 1, 2, null), q => q.Unique("x").Mostly(1 / 3.0)).Outcome);
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(Rows.Longs("x", 1, 1, 2, null), q => q.Unique("x").Mostly(0.34)).Outcome);
    }

    [Fact]
    public void A_column_twice_and_no_column_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new UniqueRule("a", "a"));
        Assert.Throws<ArgumentException>(() => new UniqueRule());
    }
}
