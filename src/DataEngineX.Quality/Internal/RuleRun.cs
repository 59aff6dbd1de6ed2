namespace DataEngineX.Quality;

/// <summary>One rule in one run: filters rows, splits groups, and turns an exception into a verdict of its own.</summary>
internal sealed class RuleRun : IDisposable
{
    private readonly RuleContext _context;
    private RuleTally? _tally;
    private GroupedTallies? _groups;
    private string? _error;
    private RowMark[] _marks = [];
    private int _violations;

    public RuleRun(BoundSuiteRule bound, RuleContext context)
    {
        Bound = bound;
        _context = context with { Mostly = bound.Entry.Mostly ?? 1, WillRevisit = context.WillRevisit && bound.Rule.NeedsAllRows };
        _error = bound.Problem;
        if (_error is not null)
            return;
        try
        {
            if (bound.GroupOrdinals.Length == 0)
                _tally = new RuleTally(bound, _context);
            else
                _groups = new GroupedTallies(bound, _context);
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

    public IReadOnlyList<Verdict> Finish(NothingToCheck nothing)
    {
        var verdict = Bound.Template;
        try
        {
            if (_error is null)
            {
                var finished = _groups?.Finish(verdict) ?? [_tally!.Finish(verdict)];
                return [.. finished.Select(v => Thresholds.Apply(Bound.Entry, Empty(v, nothing)))];
            }
        }
        catch (Exception error) when (BelongsToRule(error))
        {
            Fail(error);
        }

        return [verdict with { Outcome = VerdictOutcome.Error, Message = _error }];
    }

    public void Dispose()
    {
        _tally?.Dispose();
        _groups?.Dispose();
        (_tally, _groups) = (null, null);
    }

    private static Verdict Empty(Verdict verdict, NothingToCheck nothing) =>
        nothing == NothingToCheck.Fail && verdict.Outcome == VerdictOutcome.NotEvaluated
            ? verdict with { Outcome = VerdictOutcome.Fail, Observed = verdict.Observed ?? "nothing to check" }
            : verdict;

    private static bool BelongsToRule(Exception error) => error is not (OperationCanceledException or MemoryBudgetException or OutOfMemoryException);

    private void Mark(RuleBatch batch, bool revisit)
    {
        _violations = 0;
        if (_error is not null || (revisit && !_context.WillRevisit))
            return;
        try
        {
            if (_marks.Length < batch.Length)
                _marks = new RowMark[batch.Length];
            // What lies behind this batch's rows must not be taken for a violation.
            _marks.AsSpan().Clear();
            var marks = _marks.AsSpan(0, batch.Length);
            var leftOut = batch.LeftOut(Bound.Where);
            RuleTally.LeaveOut(marks, leftOut);
            Visit(batch, marks, leftOut, revisit);
            _violations = Bound.Rule.MarksRows ? Marks.Count(marks, RowMark.Violates) : 0;
        }
        catch (Exception error) when (BelongsToRule(error))
        {
            Fail(error);
        }
    }

    private void Visit(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<bool> leftOut, bool revisit)
    {
        if (_groups is { } groups)
        {
            if (revisit)
                groups.Revisit(batch, marks, leftOut);
            else
                groups.Update(batch, marks, leftOut);
        }
        else if (revisit)
        {
            _tally!.Revisit(batch, marks, leftOut);
        }
        else
        {
            _tally!.Update(batch, marks, leftOut);
        }
    }

    private void Fail(Exception error)
    {
        _error = $"{error.GetType().Name}: {error.Message}";
        _violations = 0;
        Dispose();
    }
}
