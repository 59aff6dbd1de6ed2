using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests.Rules;

public class BetweenRuleTests
{
    [Fact]
    public void Bounds_are_inside_and_nulls_are_not_checked()
    {
        var verdict = Suites.Verdict(Rows.Longs("x", 0, 1, null, 10, 11), q => q.Between("x", 1, 10));
        Assert.Equal((4, 2), (verdict.Checked, verdict.Failed));
        Assert.Equal([0, 4], Suites.Failing(verdict));
        Assert.Equal(["0", "11"], verdict.Samples.Select(s => s.Value));
        Assert.Equal("x is between 1 and 10", verdict.Expectation);
    }

    [Fact]
    public void Strict_bounds_are_outside()
    {
        Assert.Equal([0, 2], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 2, 3), q => q.Between("x", 1, 3, strictMin: true, strictMax: true))));
        Assert.Equal([0, 2], Suites.Failing(Suites.Verdict(Rows.Doubles("x", 1, 2, 3), q => q.Between("x", 1, 3, true, true))));
        Assert.Equal([0, 2], Suites.Failing(Suites.Verdict(Rows.Texts("x", "b", "bb", "c"), q => q.Between("x", "b", "c", true, true))));
    }

    [Fact]
    public void One_bound_is_enough_and_none_is_refused()
    {
        Assert.Equal([0], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 2, 3), q => q.AtLeast("x", 2))));
        Assert.Equal([2], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 2, 3), q => q.AtMost("x", 2))));
        Assert.Throws<ArgumentException>(() => new BetweenRule("x", null, null));
        Assert.Throws<ArgumentException>(() => new BetweenRule("x", double.NaN, 1));
    }

    [Fact]
    public void Fractional_bounds_of_whole_numbers_are_exact()
    {
        Assert.Equal([0, 3], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 2, 3, 4), q => q.Between("x", 1.5, 3.5))));
        Assert.Equal([0, 3], Suites.Failing(Suites.Verdict(Rows.Longs("x", -3, -2, -1, 0), q => q.Between("x", -2.5, -0.5))));
        Assert.Equal([0, 1], Suites.Failing(Suites.Verdict(Rows.Longs("x", 1, 2), q => q.Between("x", 1.2, 1.8))));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(Rows.Longs("x", long.MaxValue - 1, long.MaxValue), q => q.AtMost("x", long.MaxValue - 1))));
    }

    [Fact]
    public void Bounds_beyond_the_type_are_no_bounds_or_let_nothing_through()
    {
        var batch = Rows.Of(("x", Int8Type.Default, [-128, 127]));
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(batch, q => q.Between("x", -1000, 1000)).Outcome);
        Assert.Equal(2, Suites.Verdict(Rows.Of(("x", Int8Type.Default, [-128, 127])), q => q.AtLeast("x", 1000)).Failed);
        Assert.Equal(2, Suites.Verdict(Rows.Of(("x", UInt64Type.Default, [0, ulong.MaxValue])), q => q.AtMost("x", -1)).Failed);
        Assert.Equal(0, Suites.Verdict(Rows.Longs("x", 1), q => q.Between("x", double.NegativeInfinity, double.PositiveInfinity)).Failed);
    }

    [Fact]
    public void NaN_is_a_value_that_lies_between_no_bounds_and_infinity_beyond_finite_ones()
    {
        var verdict = Suites.Verdict(Rows.Doubles("x", double.NaN, double.PositiveInfinity, 1, null), q => q.Between("x", 0, 10));
        Assert.Equal((3, 2), (verdict.Checked, verdict.Failed));
        Assert.Equal(["NaN", "Infinity"], verdict.Samples.Select(s => s.Value));
        verdict = Suites.Verdict(Rows.Doubles("x", double.NaN, 1), q => q.Between("x", 0, 10).NaNIsMissing());
        Assert.Equal((1, 0), (verdict.Checked, verdict.Failed));
    }

    [Fact]
    public void A_bound_of_a_single_precision_column_has_its_precision() =>
        Assert.Equal(0, Suites.Verdict(Rows.Of(("x", FloatType.Default, [0.1f])), q => q.Between("x", 0.1, 0.1)).Failed);

    [Fact]
    public void Decimals_are_compared_without_rounding()
    {
        var type = new Decimal128Type(38, 18);
        var batch = Rows.Of(("x", type, [0.1m, 0.100000000000000001m, 79228162514.264337593543950335m]));
        Assert.Equal([1, 2], Suites.Failing(Suites.Verdict(batch, q => q.AtMost("x", 0.1))));
    }

    [Fact]
    public void Text_compares_by_code_point_not_by_culture()
    {
        var verdict = Suites.Verdict(Rows.Texts("x", "Z", "a", "ä", "\U0001F600", "\uFFFD"), q => q.Between("x", "a", "\uFFFF"));
        // U+1F600 is above U+FFFF, though its UTF-16 units are below.
        Assert.Equal([0, 3], Suites.Failing(verdict));
    }

    [Fact]
    public void Dates_and_timestamps_take_their_own_types_and_ISO_text()
    {
        var dates = Rows.Of(("d", Date32Type.Default, [new DateOnly(2024, 1, 1), new DateOnly(2024, 2, 1)]));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(dates, q => q.AtMost("d", new DateOnly(2024, 1, 31)))));
        var times = Rows.Of(("t", ArrowTypes.TimestampUtc, [Suites.Now, Suites.Now.AddTicks(10), null]));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(times, q => q.AtMost("t", Suites.Now))));
        var texts = Rows.Of(("t", ArrowTypes.TimestampUtc, [Suites.Now, Suites.Now.AddDays(1)]));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(texts, q => q.Between("t", "2024-05-01T14:00:00+02:00", "2024-05-01T12:00:00Z"))));
        var local = Rows.Of(("t", ArrowTypes.TimestampLocal, [new DateTime(2024, 1, 1), new DateTime(2024, 1, 2)]));
        Assert.Equal([1], Suites.Failing(Suites.Verdict(local, q => q.AtMost("t", new DateTime(2024, 1, 1)))));
    }

    [Fact]
    public void A_finer_bound_than_the_unit_of_the_column_is_exact()
    {
        var seconds = new TimestampType(TimeUnit.Second, "UTC");
        var batch = Rows.Of(("t", seconds, [Suites.Now, Suites.Now.AddSeconds(1)]));
        Assert.Equal([0], Suites.Failing(Suites.Verdict(batch, q => q.AtLeast("t", Suites.Now.AddMilliseconds(1)))));
    }

    [Fact]
    public void Bounds_of_another_kind_are_refused_when_the_rule_is_bound()
    {
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.AtLeast("x", "a")));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Texts("x", "1"), q => q.AtLeast("x", 1)));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Of(("x", BooleanType.Default, [true])), q => q.AtLeast("x", true)));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Of(("x", ArrowTypes.TimestampLocal, [null])), q => q.AtLeast("x", Suites.Now)));
        Assert.Contains("x", Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.Between("x", 2, 1))).Message);
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Doubles("x", 1), q => q.Between("x", 2, 1)));
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Texts("x", "1"), q => q.Between("x", "b", "a")));
    }

    [Fact]
    public void All_missing_is_nothing_to_check() =>
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Rows.Longs("x", null, null), q => q.AtLeast("x", 1)).Outcome);

    [Theory]
    [InlineData(0.8, VerdictOutcome.Pass)]
    [InlineData(0.81, VerdictOutcome.Fail)]
    public void Mostly_counts_rows_with_a_value(double mostly, VerdictOutcome outcome) => Assert.Equal(
        outcome, Suites.Verdict(Rows.Longs("x", 1, 2, 3, 4, 5, null, null), q => q.AtMost("x", 4).Mostly(mostly)).Outcome);

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Mostly_outside_0_to_1_is_refused(double mostly) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new QualityBuilder().NotNull("x").Mostly(mostly));
}
