namespace DataEngineX.Quality.Tests.Monitors;

public class StrategyTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, AnomalyStrategy> Learning() => new()
    {
        { "normal", new NormalStrategy() },
        { "online", new OnlineNormalStrategy() },
        { "robust", new RobustStrategy(Deviations: 5) },
        { "seasonal", new HoltWintersStrategy(7, 4) },
        { "weekly", new RobustStrategy(Deviations: 5, Season: Season.Weekly) { MinOfSeason = 6 } },
    };

    [Theory]
    [MemberData(nameof(Learning))]
    public void An_injected_anomaly_is_found_and_the_days_around_it_are_not(string name, AnomalyStrategy strategy)
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, 90).Select(_ => 1000 + (20 * ((random.NextDouble() * 2) - 1))).ToArray();
        values[70] = 1400;
        values[80] = 500;
        var outcomes = Replay(strategy, values);
        Assert.Equal(VerdictOutcome.Fail, outcomes[70].Outcome);
        Assert.NotEqual(VerdictOutcome.Pass, outcomes[0].Outcome);
        if (name is not "normal" and not "seasonal")
            Assert.Equal(VerdictOutcome.Fail, outcomes[80].Outcome);
        Assert.DoesNotContain(outcomes.Take(70), j => j.Outcome == VerdictOutcome.Fail);
        Assert.Contains(outcomes.Take(70), j => j.Outcome == VerdictOutcome.Pass);
    }

    [Fact]
    public void Weekly_strategies_know_weekends()
    {
        var random = new Random(2);
        double Value(int day) => (day % 7 >= 5 ? 100 : 1000) + (10 * random.NextDouble());
        var values = Enumerable.Range(0, 140).Select(Value).ToArray();
        // A weekend as busy as a weekday.
        values[138] = 1000;
        foreach (var strategy in new AnomalyStrategy[] { new RobustStrategy(Deviations: 8, Season: Season.Weekly) { LeastRoom = 0.05 }, new HoltWintersStrategy(7, 5) })
        {
            var outcomes = Replay(strategy, values);
            Assert.Equal(VerdictOutcome.Fail, outcomes[138].Outcome);
            Assert.DoesNotContain(outcomes.Skip(40).Take(98), j => j.Outcome == VerdictOutcome.Fail);
        }

        Assert.Equal(VerdictOutcome.Pass, Replay(new NormalStrategy(), values)[138].Outcome);
    }

    [Fact]
    public void Daily_strategies_know_hours()
    {
        var points = Enumerable.Range(0, 240).Select(h => new MetricPoint(Start.AddHours(h), h % 24 == 3 ? 10 : 500)).ToArray();
        var strategy = new RobustStrategy(Season: Season.Daily);
        Assert.Equal(VerdictOutcome.Pass, strategy.Judge(points, new MetricPoint(Start.AddHours(243), 10)).Outcome);
        Assert.Equal(VerdictOutcome.Fail, strategy.Judge(points, new MetricPoint(Start.AddHours(244), 10)).Outcome);
        Assert.Equal(VerdictOutcome.NotEvaluated, strategy.Judge([.. points.Take(50)], new MetricPoint(Start.AddHours(51), 10)).Outcome);
    }

    [Fact]
    public void Holt_and_Winters_follow_trend_and_season()
    {
        double Value(int i) => 50 + (3 * i) + (20 * Math.Sin(2 * Math.PI * i / 12));
        var points = Enumerable.Range(0, 60).Select(i => new MetricPoint(Start.AddDays(30 * i), Value(i))).ToArray();
        var judgement = new HoltWintersStrategy(12).Judge(points, new MetricPoint(Start.AddDays(1800), Value(60)));
        Assert.Equal(VerdictOutcome.Pass, judgement.Outcome);
        Close.To(Value(60), (judgement.Lower + judgement.Upper) / 2, tolerance: 0.01);
        Assert.Equal(VerdictOutcome.Fail, new HoltWintersStrategy(12).Judge(points, new MetricPoint(Start.AddDays(1800), Value(60) + 15)).Outcome);
    }

    [Fact]
    public void One_outlier_does_not_hide_the_next_from_the_online_strategy()
    {
        double[] values = [10, 11, 9, 10, 11, 10, 9, 1000, 10, 11, 30];
        Assert.Equal(VerdictOutcome.Fail, Replay(new OnlineNormalStrategy(), values)[^1].Outcome);
        Assert.Equal(VerdictOutcome.Pass, Replay(new NormalStrategy(), values)[^1].Outcome);
    }

    [Fact]
    public void Fixed_bounds_and_changes_are_exact()
    {
        Assert.Equal(VerdictOutcome.Pass, Last(new ThresholdStrategy(1, 5), 5));
        Assert.Equal(VerdictOutcome.Fail, Last(new ThresholdStrategy(1, 5), 5.01));
        Assert.Equal(VerdictOutcome.Pass, Last(new ThresholdStrategy(Max: 5), double.MinValue));
        Assert.Equal(VerdictOutcome.NotEvaluated, Last(new AbsoluteChangeStrategy(2, 3), 5));
        Assert.Equal(VerdictOutcome.Pass, Last(new AbsoluteChangeStrategy(2, 3), 10, 13));
        Assert.Equal(VerdictOutcome.Fail, Last(new AbsoluteChangeStrategy(2, 3), 10, 13.5));
        Assert.Equal(VerdictOutcome.Fail, Last(new AbsoluteChangeStrategy(2, 3), 10, 7.5));
        // The difference of 1, 3, 6 from each other is 2, 3: it rose by 1.
        Assert.Equal(VerdictOutcome.Pass, Last(new AbsoluteChangeStrategy(0, 1, Order: 2), 1, 3, 6));
        Assert.Equal(VerdictOutcome.Fail, Last(new AbsoluteChangeStrategy(0, 0.5, Order: 2), 1, 3, 6));
        Assert.Equal(VerdictOutcome.NotEvaluated, Last(new AbsoluteChangeStrategy(0, 1, Order: 2), 1, 3));
        Assert.Equal(VerdictOutcome.Pass, Last(new RelativeChangeStrategy(0.5, 2), 10, 20));
        Assert.Equal(VerdictOutcome.Fail, Last(new RelativeChangeStrategy(0.5, 2), 10, 4.9));
        Assert.Equal(VerdictOutcome.Fail, Last(new RelativeChangeStrategy(0.9, 1.1, Lag: 2), 10, 50, 20));
        Assert.Equal(VerdictOutcome.Fail, Last(new RelativeChangeStrategy(0.5, 2), 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelativeChangeStrategy(0.5, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbsoluteChangeStrategy(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HoltWintersStrategy(1));
    }

    [Fact]
    public void One_side_may_be_enough()
    {
        double[] calm = [10, 10, 11, 9, 10, 10, 11, 9];
        Assert.Equal(VerdictOutcome.Pass, Last(new NormalStrategy { Direction = AnomalyDirection.Drop }, [.. calm, 99]));
        Assert.Equal(VerdictOutcome.Fail, Last(new NormalStrategy { Direction = AnomalyDirection.Drop }, [.. calm, -99]));
        Assert.Equal(VerdictOutcome.Fail, Last(new NormalStrategy { Direction = AnomalyDirection.Spike }, [.. calm, 99]));
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void Too_little_history_is_not_evaluated_never_passed(string name, AnomalyStrategy strategy)
    {
        Assert.NotEmpty(name);
        Assert.Equal(VerdictOutcome.NotEvaluated, Last(strategy, 1, 1));
        Assert.Equal(VerdictOutcome.NotEvaluated, Last(strategy with { MinHistory = 100 }, [.. Enumerable.Repeat(1.0, 100)]));
        Assert.Equal(VerdictOutcome.NotEvaluated, Last(strategy, [.. Enumerable.Repeat(1.0, 100), double.NaN]));
        Assert.Equal(VerdictOutcome.NotEvaluated, Last(strategy, [.. Enumerable.Repeat(double.NaN, 100), 1]));
        Assert.Equal(VerdictOutcome.Pass, Last(strategy, [.. Enumerable.Repeat(1.0, 100)]));
    }

    private static VerdictOutcome Last(AnomalyStrategy strategy, params double[] values) => Replay(strategy, values)[^1].Outcome;

    /// <summary>What each day would have been told, from the days before it.</summary>
    private static Judgement[] Replay(AnomalyStrategy strategy, double[] values)
    {
        var points = values.Select((v, i) => new MetricPoint(Start.AddDays(i), v)).ToArray();
        return [.. points.Select((p, i) => strategy.Judge(points[..i], p))];
    }
}
