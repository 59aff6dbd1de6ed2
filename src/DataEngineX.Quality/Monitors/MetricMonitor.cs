namespace DataEngineX.Quality;

/// <summary>A metric and how its values are judged.</summary>
/// <param name="Metric">The metric: one of <see cref="Metrics"/>, or any other that is measured by the caller.</param>
/// <param name="Strategy">Judges a value by those before it.</param>
/// <param name="Column">The column. <value>Default: null, the dataset as a whole.</value></param>
public sealed record MetricMonitor(string Metric, AnomalyStrategy Strategy, string? Column = null)
{
    /// <summary>The name in verdicts. <value>Default: null, <c>monitor_</c> and the metric.</value></summary>
    public string? Name { get; init; }

    /// <summary>How much an anomaly matters. <value>Default: <see cref="Severity.Error"/>.</value></summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>Whether zero fails whatever the history. <value>Default: false.</value></summary>
    public bool FailsOnZero { get; init; }

    /// <summary>The number of rows: none at all fails, and otherwise it is judged by the same day of earlier weeks.</summary>
    /// <param name="strategy">Judges instead. <value>Default: null, <see cref="RobustStrategy"/> with a weekly season.</value></param>
    public static MetricMonitor Volume(AnomalyStrategy? strategy = null) =>
        new(Metrics.Rows, strategy ?? new RobustStrategy(Season: Season.Weekly)) { FailsOnZero = true };

    /// <summary>The monitor in one line: equal for monitors that do the same.</summary>
    public override string ToString() =>
        $"{Metric}{(Column is null ? "" : $"({Column})")} {Strategy} {Severity}{(FailsOnZero ? " fails on zero" : "")}{(Name is null ? "" : $" as {Name}")}";

    internal Verdict VerdictOf(Judgement judgement, double value)
    {
        if (FailsOnZero && value == 0)
            judgement = judgement with { Outcome = VerdictOutcome.Fail, Reason = "there is nothing at all" };
        return NewVerdict(judgement.Outcome) with
        {
            Checked = judgement.Outcome == VerdictOutcome.NotEvaluated ? 0 : 1,
            Failed = judgement.Outcome == VerdictOutcome.Fail ? 1 : 0,
            Observed = judgement.Reason,
        };
    }

    internal Verdict NewVerdict(VerdictOutcome outcome) => new()
    {
        Rule = Name ?? "monitor_" + Metric,
        Column = Column,
        Columns = Column is null ? [] : [Column],
        Expectation = $"{Metric}{(Column is null ? "" : " of " + Column)} is as its history leads to expect",
        Outcome = outcome,
        Severity = Severity,
    };
}
