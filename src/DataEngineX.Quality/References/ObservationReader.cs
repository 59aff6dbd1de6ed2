using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>What a rule observes of another dataset.</summary>
internal sealed class ObservationReader(BoundRule rule, Schema schema, RuleContext context) : MarkedReader(schema, context)
{
    private static readonly Verdict Nothing = new() { Rule = "there", Outcome = VerdictOutcome.NotEvaluated, Severity = Severity.Info };
    private readonly RuleState _state = rule.CreateState(context);
    private string? _observed;
    private bool _isFinished;

    /// <summary>What was observed, as JSON; null for nothing.</summary>
    public string? Observed
    {
        get
        {
            if (!_isFinished)
                (_observed, _isFinished) = (_state.Finish(Nothing).ObservedJson, true);
            return _observed;
        }
    }

    public override void Dispose() => _state.Dispose();

    protected override void Read(RuleBatch batch, Span<RowMark> marks) => _state.Update(batch, marks);
}
