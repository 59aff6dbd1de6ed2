using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>What a rule observes of another dataset.</summary>
internal sealed class ObservationReader(BoundRule rule, Schema schema, RuleContext context) : ReferenceReader
{
    private static readonly Verdict Nothing = new() { Rule = "there", Outcome = VerdictOutcome.NotEvaluated, Severity = Severity.Info };
    private readonly RuleState _state = rule.CreateState(context);
    private readonly OriginColumns _origin = new(schema);
    private RowMark[] _marks = [];
    private long _rows;
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

    public override void Read(RecordBatch batch)
    {
        if (_marks.Length < batch.Length)
            _marks = new RowMark[batch.Length];
        var marks = _marks.AsSpan(0, batch.Length);
        marks.Clear();
        var rows = new RuleBatch(batch, _rows, context, _origin);
        try
        {
            _state.Update(rows, marks);
        }
        finally
        {
            rows.Release();
        }

        _rows += batch.Length;
    }

    public override void Dispose() => _state.Dispose();
}
