using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Rules;

public class TableRuleTests
{
    [Theory]
    [InlineData(3L, null, true)]
    [InlineData(4L, null, false)]
    [InlineData(null, 3L, true)]
    [InlineData(null, 2L, false)]
    [InlineData(3L, 3L, true)]
    [InlineData(null, null, true)]
    public void The_row_count_includes_its_bounds(long? min, long? max, bool passes)
    {
        var verdict = Suites.Verdict(Rows.Longs("x", 1, null, 3), q => q.RowCount(min, max));
        Assert.Equal(passes ? VerdictOutcome.Pass : VerdictOutcome.Fail, verdict.Outcome);
        Assert.Equal("3", verdict.Observed);
        Assert.Equal((1, passes ? 0 : 1), (verdict.Checked, verdict.Failed));
        Assert.Null(verdict.Column);
    }

    [Fact]
    public void No_rows_are_zero_rows_and_a_filter_counts_what_it_lets_through()
    {
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(Rows.Longs("x"), q => q.RowCount(1)).Outcome);
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Rows.Longs("x"), q => q.RowCount(0, 0)).Outcome);
        Assert.Equal("2", Suites.Verdict(Rows.Longs("x", 1, 5, 6, null), q => q.RowCount(1).Where(Col("x") > 4)).Observed);
    }

    [Fact]
    public void Row_counts_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RowCountRule(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RowCountRule(-1, null));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(59, false)]
    public void Freshness_includes_its_span(int minutes, bool passes)
    {
        var verdict = Suites.Verdict(Times(Suites.Now.AddHours(-3), Suites.Now.AddHours(-1), null), q => q.FreshWithin("t", TimeSpan.FromMinutes(minutes)));
        Assert.Equal(passes ? VerdictOutcome.Pass : VerdictOutcome.Fail, verdict.Outcome);
        Assert.Equal("2024-05-01T11:00:00.0000000Z", verdict.Observed);
        Assert.Empty(verdict.Samples);
    }

    [Fact]
    public void The_future_does_not_make_old_data_fresh()
    {
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(Times(Suites.Now.AddDays(-9), Suites.Now.AddTicks(10)), q => q.FreshWithin("t", TimeSpan.FromDays(1))).Outcome);
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Times(Suites.Now), q => q.FreshWithin("t", TimeSpan.Zero)).Outcome);
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Times(Suites.Now.AddDays(1)), q => q.FreshWithin("t", TimeSpan.FromDays(1))).Outcome);
    }

    [Fact]
    public void Without_times_freshness_has_nothing_to_check() =>
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Times(null, null), q => q.FreshWithin("t", TimeSpan.FromDays(1))).Outcome);

    [Fact]
    public void Dates_and_every_unit_of_timestamps_have_an_age()
    {
        var today = DateOnly.FromDateTime(Suites.Now.UtcDateTime);
        var dates = Rows.Of(("t", Date32Type.Default, [today, today.AddDays(1), today.AddDays(-3)]));
        Assert.Equal("2024-05-01T00:00:00.0000000Z", Suites.Verdict(dates, q => q.FreshWithin("t", TimeSpan.FromHours(12))).Observed);
        foreach (var unit in Enum.GetValues<TimeUnit>())
        {
            var batch = Rows.Of(("t", new TimestampType(unit, "UTC"), [Suites.Now.AddHours(-2), Suites.Now.AddHours(2)]));
            var verdict = Suites.Verdict(batch, q => q.FreshWithin("t", TimeSpan.FromHours(2)));
            Assert.Equal((VerdictOutcome.Pass, "2024-05-01T10:00:00.0000000Z"), (verdict.Outcome, verdict.Observed));
        }

        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("t", 1), q => q.FreshWithin("t", TimeSpan.Zero)));
    }

    [Fact]
    public void A_condition_fails_where_it_is_false_and_is_not_checked_where_it_is_null()
    {
        var batch = Rows.Of(("low", Int64Type.Default, [1L, 5L, null]), ("high", Int64Type.Default, [2L, 4L, 1L]));
        var verdict = Suites.Verdict(batch, q => q.Satisfies(Col("low") <= Col("high")).Named("ordered"));
        Assert.Equal("ordered", verdict.Rule);
        Assert.Equal("low, high", verdict.Column);
        Assert.Equal((2, 1), (verdict.Checked, verdict.Failed));
        Assert.Equal("{\"low\":5,\"high\":4}", verdict.Samples[0].Value);
        Assert.Throws<PlanException>(() => Suites.Verdict(Rows.Longs("x", 1), q => q.Satisfies(Col("x"))));
    }

    [Fact]
    public void A_condition_may_use_the_clock_of_the_run() => Assert.Equal(
        [1], Suites.Failing(Suites.Verdict(Times(Suites.Now, Suites.Now.AddSeconds(1)), q => q.Satisfies(Col("t") <= RunClock))));

    private static RecordBatch Times(params DateTimeOffset?[] times) => Rows.Of(("t", ArrowTypes.TimestampUtc, [.. times.Select(t => (object?)t)]));
}
