using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests.Rules;

public class MovingDeviationRuleTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    [Fact]
    public void A_day_that_is_far_from_the_days_before_is_named()
    {
        double[] sums = [10, 11, 10, 12, 11, 10, 11, 10, 40, 11];
        var verdict = Suites.Verdict(Days(sums), q => q.MovingDeviation("day", "n", trend: 5, test: 9, differences: 0, logarithms: false));
        Assert.Equal((VerdictOutcome.Fail, "1"), (verdict.Outcome, verdict.ObservedJson));
        using var outside = JsonDocument.Parse(Assert.Single(verdict.Details).Json);
        Assert.Equal("2024-01-09T00:00:00Z", outside.RootElement[0].GetProperty("period").GetString());
        Assert.Equal(10.8, outside.RootElement[0].GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Days(sums), q => q.MovingDeviation("day", "n", trend: 5, test: 0, differences: 0, logarithms: false)).Outcome);
    }

    [Fact]
    public void Growth_by_a_share_is_even_in_logarithms_of_differences()
    {
        var random = new Random(3);
        double[] sums = [.. Enumerable.Range(0, 30).Select(i => 100 * Math.Pow(1.1, i) * (1 + (random.NextDouble() / 100)))];
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Days(sums), q => q.MovingDeviation("day", "n", sigma: 6)).Outcome);
        sums[^1] *= 3;
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(Days(sums), q => q.MovingDeviation("day", "n", sigma: 6)).Outcome);
    }

    [Fact]
    public void Too_little_past_is_nothing_to_check_and_a_past_that_does_not_vary_allows_nothing_else()
    {
        var rule = (QualityBuilder q) => q.MovingDeviation("day", "n", differences: 0, logarithms: false);
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Days(1, 2), rule).Outcome);
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Days(), rule).Outcome);
        Assert.Equal(VerdictOutcome.Pass, Suites.Verdict(Days(5, 5, 5), rule).Outcome);
        Assert.Equal(VerdictOutcome.Fail, Suites.Verdict(Days(5, 5, 6), rule).Outcome);
        // Logarithms leave out what has none.
        Assert.Equal(VerdictOutcome.NotEvaluated, Suites.Verdict(Days(0, -1, 5, 6), q => q.MovingDeviation("day", "n", differences: 0)).Outcome);
    }

    [Fact]
    public void Sums_are_what_a_naive_reckoning_says()
    {
        var random = new Random(5);
        for (var round = 0; round < 100; round++)
        {
            var (trend, test, back, sigma) = (random.Next(2, 6), random.Next(0, 6), random.Next(0, 3), 1 + random.NextDouble());
            var rows = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (Day: random.Next(15), Value: (double)random.Next(1, 50))).ToList();
            var verdict = Suites.Verdict(
                Rows.Of(("day", Date32Type.Default, [.. rows.Select(r => (object)Start.AddDays(r.Day))]), ("n", DoubleType.Default, [.. rows.Select(r => (object)r.Value)])),
                q => q.MovingDeviation("day", "n", sigma: sigma, trend: trend, test: test, differences: back, logarithms: false));
            Assert.Equal(Naive(rows, trend, test, back, sigma), verdict.Outcome == VerdictOutcome.NotEvaluated ? null : int.Parse(verdict.ObservedJson!, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Arguments_and_columns_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingDeviationRule("a", "b", trend: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingDeviationRule("a", "b", sigma: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingDeviationRule("a", "b", sigma: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingDeviationRule("a", "b", CalendarUnit.Microsecond));
        Assert.Contains("date or a timestamp", Assert.Throws<PlanException>(() => Suites.Check(Days(1), q => q.MovingDeviation("n", "n"))).Message, StringComparison.Ordinal);
        Assert.Contains("must be numeric", Assert.Throws<PlanException>(() => Suites.Check(Days(1), q => q.MovingDeviation("day", "day"))).Message, StringComparison.Ordinal);
    }

    private static int? Naive(List<(int Day, double Value)> rows, int trend, int test, int back, double sigma)
    {
        var sums = rows.GroupBy(r => r.Day).OrderBy(g => g.Key).Select(g => (Day: g.Key, Sum: g.Sum(r => r.Value))).ToList();
        var series = back == 0 ? sums : [.. Enumerable.Range(0, Math.Max(0, sums.Count - back)).Select(i => (sums[i + back].Day, sums[i + back].Sum - sums[i].Sum))];
        int? outside = null;
        for (var i = 2; i < series.Count; i++)
        {
            if (series[i].Day < sums[^1].Day - test)
                continue;
            var before = series[Math.Max(0, i - trend)..i].Select(s => s.Sum).ToList();
            var mean = before.Average();
            var deviation = Math.Sqrt(before.Sum(b => (b - mean) * (b - mean)) / (before.Count - 1));
            outside = (outside ?? 0) + (Math.Abs(series[i].Sum - mean) > (sigma * deviation) + 1e-9 ? 1 : 0);
        }

        return outside;
    }

    private static RecordBatch Days(params double[] sums) => Rows.Of(
        ("day", Date32Type.Default, [.. sums.SelectMany((_, i) => new object?[] { Start.AddDays(i), Start.AddDays(i), null })]),
        ("n", DoubleType.Default, [.. sums.SelectMany(s => new object?[] { s - 0.5, 0.5, 1000.0 })]));
}
