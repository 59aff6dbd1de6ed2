using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The state of one rule, or of one group of it, with what its answers add up to.</summary>
internal sealed class RuleTally(BoundSuiteRule bound, RuleContext context) : IDisposable
{
    private readonly RuleState _state = bound.Rule.CreateState(context);
    private readonly FailingRows _failing = new(context.MaxSamples);
    private long _elements;
    private long _checked;
    private long _failed;

    /// <summary>Counts the answers of a rule that tests rows.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="leftOut">The rows the rule's filter leaves out, or nothing.</param>
    /// <param name="skipped">The rows that are not checked, those left out among them.</param>
    /// <param name="fails">The checked rows that violate.</param>
    public void Add(RuleBatch batch, ReadOnlySpan<ulong> leftOut, ReadOnlySpan<ulong> skipped, ReadOnlySpan<ulong> fails)
    {
        _elements += batch.Length - RowBits.Count(leftOut);
        _checked += batch.Length - RowBits.Count(skipped);
        _failed += RowBits.Count(fails);
        for (var w = 0; w < fails.Length; w++)
        {
            for (var word = fails[w]; word != 0; word &= word - 1)
            {
                if (!Keep(batch, (w << 6) + BitOperations.TrailingZeroCount(word)))
                    return;
            }
        }
    }

    /// <summary>Marks the rows of a batch and counts the marks.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="marks">One mark a row; those left out are skipped already.</param>
    /// <param name="leftOut">The rows the rule's filter leaves out, or nothing.</param>
    public void Update(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<ulong> leftOut)
    {
        _state.Update(batch, marks);
        LeaveOut(marks, leftOut);
        _elements += marks.Length - RowBits.Count(leftOut);
        _checked += marks.Length - Marks.Count(marks, RowMark.Skipped);
        if (!bound.Rule.MarksRows)
            return;
        var violations = Marks.Count(marks, RowMark.Violates);
        _failed += violations;
        for (var i = 0; violations > 0; i++)
        {
            if (marks[i] != RowMark.Violates)
                continue;
            violations--;
            if (!Keep(batch, i))
                return;
        }
    }

    /// <summary>Marks the rows of a batch again, now that all rows are known.</summary>
    public void Revisit(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<ulong> leftOut)
    {
        _state.Revisit(batch, marks);
        LeaveOut(marks, leftOut);
    }

    /// <summary>Takes in what another tally of the same rule has counted.</summary>
    public void Merge(RuleTally other, long rowsBefore)
    {
        _elements += other._elements;
        _checked += other._checked;
        _failed += other._failed;
        _failing.Merge(other._failing, rowsBefore);
        _state.Merge(other._state, rowsBefore);
        if (_state is not OrderedState ordered)
            return;
        foreach (var joint in ordered.TakeJoints())
        {
            _failed++;
            if (_failing.Wants(joint.Row))
                _failing.Add(joint);
        }
    }

    public Verdict Finish(Verdict verdict)
    {
        verdict = verdict with { Elements = _elements, Missing = _elements - _checked };
        return _state.Finish(bound.Rule.MarksRows
            ? verdict with
            {
                Checked = _checked,
                Failed = _failed,
                Samples = _failing.Samples(),
                CommonValues = _failing.Common(),
                Outcome = context.Decide(_checked, _failed),
            }
            : verdict);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_elements);
        writer.Write(_checked);
        writer.Write(_failed);
        _failing.Save(writer);
        _state.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        _elements = StateFormat.Count(reader);
        _checked = StateFormat.Count(reader);
        _failed = StateFormat.Count(reader);
        _failing.Load(reader);
        _state.Load(reader);
    }

    public void Dispose() => _state.Dispose();

    /// <summary>Marks what a filter leaves out as skipped.</summary>
    public static void LeaveOut(Span<RowMark> marks, ReadOnlySpan<ulong> leftOut)
    {
        for (var w = 0; w < leftOut.Length; w++)
        {
            for (var word = leftOut[w]; word != 0; word &= word - 1)
                marks[(w << 6) + BitOperations.TrailingZeroCount(word)] = RowMark.Skipped;
        }
    }

    private bool Keep(RuleBatch batch, int row)
    {
        if (!_failing.Wants(batch.RowNumber(row)))
            return false;
        _failing.Add(batch.Sample(row, bound.Ordinals));
        return true;
    }
}
