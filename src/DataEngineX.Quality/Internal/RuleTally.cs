namespace DataEngineX.Quality;

/// <summary>The state of one rule, or of one group of it, with what its marks add up to.</summary>
internal sealed class RuleTally(BoundSuiteRule bound, RuleContext context) : IDisposable
{
    private readonly RuleState _state = bound.Rule.CreateState(context);
    private readonly List<VerdictSample> _samples = [];
    private readonly CommonValues _common = new();
    private long _elements;
    private long _checked;
    private long _failed;

    /// <summary>Marks the rows of a batch and counts the marks.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="marks">One mark a row; those left out are skipped already.</param>
    /// <param name="leftOut">The rows the rule's filter leaves out, or nothing.</param>
    public void Update(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<bool> leftOut)
    {
        _state.Update(batch, marks);
        LeaveOut(marks, leftOut);
        _elements += marks.Length - leftOut.Count(true);
        _checked += marks.Length - Marks.Count(marks, RowMark.Skipped);
        if (bound.Rule.MarksRows)
            Keep(batch, marks);
    }

    /// <summary>Marks the rows of a batch again, now that all rows are known.</summary>
    public void Revisit(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<bool> leftOut)
    {
        _state.Revisit(batch, marks);
        LeaveOut(marks, leftOut);
    }

    public Verdict Finish(Verdict verdict)
    {
        verdict = verdict with { Elements = _elements, Missing = _elements - _checked };
        return _state.Finish(bound.Rule.MarksRows
            ? verdict with
            {
                Checked = _checked,
                Failed = _failed,
                Samples = [.. _samples],
                CommonValues = _common.ToList(),
                Outcome = context.Decide(_checked, _failed),
            }
            : verdict);
    }

    public void Dispose() => _state.Dispose();

    /// <summary>Marks what a filter leaves out as skipped.</summary>
    public static void LeaveOut(Span<RowMark> marks, ReadOnlySpan<bool> leftOut)
    {
        for (var i = 0; i < leftOut.Length; i++)
        {
            if (leftOut[i])
                marks[i] = RowMark.Skipped;
        }
    }

    private void Keep(RuleBatch batch, Span<RowMark> marks)
    {
        var violations = Marks.Count(marks, RowMark.Violates);
        _failed += violations;
        for (var i = 0; violations > 0 && (_samples.Count < context.MaxSamples || _common.Wants); i++)
        {
            if (marks[i] != RowMark.Violates)
                continue;
            violations--;
            if (_samples.Count < context.MaxSamples)
            {
                var sample = batch.Sample(i, bound.Ordinals);
                _samples.Add(sample);
                if (_common.Wants)
                    _common.Add(sample.Value, sample.Json);
            }
            else
            {
                var (text, json) = batch.ShortOf(i, bound.Ordinals);
                _common.Add(text, json);
            }
        }
    }
}
