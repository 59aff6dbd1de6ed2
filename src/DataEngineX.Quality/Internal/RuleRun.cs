using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>One rule in one run: filters rows, counts marks, keeps samples, and turns an exception into a verdict of its own.</summary>
internal sealed class RuleRun : IDisposable
{
    private readonly RuleContext _context;
    private readonly List<VerdictSample> _samples = [];
    private RuleState? _state;
    private string? _error;
    private RowMark[] _marks = [];
    private int _violations;
    private long _checked;
    private long _failed;

    public RuleRun(BoundSuiteRule bound, RuleContext context)
    {
        Bound = bound;
        _context = context with { Mostly = bound.Entry.Mostly ?? 1, WillRevisit = context.WillRevisit && bound.Rule.NeedsAllRows };
        try
        {
            _state = bound.Rule.CreateState(_context);
        }
        catch (Exception error) when (BelongsToRule(error))
        {
            Fail(error);
        }
    }

    public BoundSuiteRule Bound { get; }

    /// <summary>Checks a batch; <see cref="CopyViolations"/> then gives the rows that violate the rule, as far as they are known already.</summary>
    public void Check(RuleBatch batch) => Mark(batch, revisit: false);

    /// <summary>Marks a batch again, now that all rows are known.</summary>
    public void Revisit(RuleBatch batch) => Mark(batch, revisit: true);

    /// <summary>The rows of the last batch that violate the rule, in order; null when there is none.</summary>
    public int[]? CopyViolations()
    {
        if (_violations == 0)
            return null;
        var rows = new int[_violations];
        var next = 0;
        for (var i = 0; next < rows.Length; i++)
        {
            if (_marks[i] == RowMark.Violates)
                rows[next++] = i;
        }

        return rows;
    }

    public Verdict Finish(NothingToCheck nothing)
    {
        var entry = Bound.Entry;
        var verdict = new Verdict
        {
            Rule = entry.Name ?? entry.Rule.Name,
            Column = entry.Column,
            Expectation = entry.Rule.Expectation,
            Severity = entry.Severity,
            Mostly = entry.Mostly,
            Outcome = VerdictOutcome.NotEvaluated,
        };
        try
        {
            if (_state is { } state)
            {
                var finished = state.Finish(Bound.Rule.MarksRows
                    ? verdict with { Checked = _checked, Failed = _failed, Samples = [.. _samples], Outcome = _context.Decide(_checked, _failed) }
                    : verdict);
                return nothing == NothingToCheck.Fail && finished.Outcome == VerdictOutcome.NotEvaluated
                    ? finished with { Outcome = VerdictOutcome.Fail, Observed = finished.Observed ?? "nothing to check" }
                    : finished;
            }
        }
        catch (Exception error) when (BelongsToRule(error))
        {
            Fail(error);
        }

        return verdict with { Outcome = VerdictOutcome.Error, Message = _error };
    }

    public void Dispose()
    {
        _state?.Dispose();
        _state = null;
    }

    private static bool BelongsToRule(Exception error) => error is not (OperationCanceledException or MemoryBudgetException or OutOfMemoryException);

    private static void LeaveOut(BooleanArray? filter, Span<RowMark> marks)
    {
        if (filter is null)
            return;
        var flags = new Flags(filter);
        for (var i = 0; i < marks.Length; i++)
        {
            if (flags.IsNull(i) || !flags[i])
                marks[i] = RowMark.Skipped;
        }
    }

    private void Mark(RuleBatch batch, bool revisit)
    {
        _violations = 0;
        if (_state is not { } state || (revisit && !_context.WillRevisit))
            return;
        try
        {
            if (_marks.Length < batch.Length)
                _marks = new RowMark[batch.Length];
            // What lies behind this batch's rows must not be taken for a violation.
            _marks.AsSpan().Clear();
            var marks = _marks.AsSpan(0, batch.Length);
            using var filter = (BooleanArray?)Bound.Where?.Evaluate(batch.Rows, batch.Parameters, batch.Allocator);
            LeaveOut(filter, marks);
            if (revisit)
                state.Revisit(batch, marks);
            else
                state.Update(batch, marks);
            LeaveOut(filter, marks);
            var violations = Bound.Rule.MarksRows ? marks.Count(RowMark.Violates) : 0;
            if (!revisit)
                Count(batch, marks, violations);
            _violations = violations;
        }
        catch (Exception error) when (BelongsToRule(error))
        {
            Fail(error);
        }
    }

    private void Count(RuleBatch batch, Span<RowMark> marks, int violations)
    {
        _checked += marks.Length - marks.Count(RowMark.Skipped);
        _failed += violations;
        for (var i = 0; violations > 0 && _samples.Count < RuleContext.MaxSamples; i++)
        {
            if (marks[i] != RowMark.Violates)
                continue;
            _samples.Add(batch.Sample(i, Bound.Ordinals));
            violations--;
        }
    }

    private void Fail(Exception error)
    {
        _error = $"{error.GetType().Name}: {error.Message}";
        _violations = 0;
        Dispose();
    }
}
