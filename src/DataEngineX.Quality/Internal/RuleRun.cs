namespace DataEngineX.Quality;

/// <summary>One rule as one thread sees it: filters rows, splits groups, and turns an exception into a verdict of its own.</summary>
internal sealed class RuleRun : IDisposable
{
    private readonly RuleContext _context;
    private RuleTally? _tally;
    private GroupedTallies? _groups;
    private string? _error;
    private long _errorRow = long.MaxValue;

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
            Fail(error, -1);
        }
    }

    public BoundSuiteRule Bound { get; }

    /// <summary>Checks a batch.</summary>
    /// <returns>The rows that violate the rule as far as they are known already, where they are wanted; null for none.</returns>
    public int[]? Check(RuleBatch batch, RowScratch scratch, bool wantsRows) => Guard(batch, scratch, wantsRows, revisit: false);

    /// <summary>Marks a batch again, now that all rows are known.</summary>
    /// <returns>The rows that violate the rule; null for none.</returns>
    public int[]? Revisit(RuleBatch batch, RowScratch scratch) => _context.WillRevisit ? Guard(batch, scratch, wantsRows: true, revisit: true) : null;

    /// <summary>Takes in what another thread, or another run, knows of the same rule.</summary>
    public void Merge(RuleRun other, long rowsBefore)
    {
        // The error of the first rows is the one that a run in order would have met.
        if (other._error is not null && (_error is null || other._errorRow + rowsBefore < _errorRow))
            (_error, _errorRow) = (other._error, other._errorRow + rowsBefore);
        if (_error is not null)
        {
            Dispose();
            return;
        }

        try
        {
            _tally?.Merge(other._tally!, rowsBefore);
            _groups?.Merge(other._groups!, rowsBefore);
        }
        catch (Exception error) when (BelongsToRule(error) && error is not NotSupportedException)
        {
            Fail(error, long.MaxValue);
        }
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
            Fail(error, long.MaxValue);
        }

        return [verdict with { Outcome = VerdictOutcome.Error, Message = LowestFault.WithRow(_error!, _errorRow) }];
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_error is not null);
        if (_error is not null)
        {
            writer.Write(_error);
            writer.Write(_errorRow);
            return;
        }

        _tally?.Save(writer);
        _groups?.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        if (reader.ReadBoolean())
        {
            (_error, _errorRow) = (reader.ReadString(), reader.ReadInt64());
            Dispose();
            return;
        }

        _tally?.Load(reader);
        _groups?.Load(reader);
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

    /// <summary>Whether an error is the rule's own, and not one of memory, disk or the end of the run.</summary>
    public static bool BelongsToRule(Exception error) =>
        error is not (OperationCanceledException or MemoryBudgetException or SpillException or OutOfMemoryException);

    private int[]? Guard(RuleBatch batch, RowScratch scratch, bool wantsRows, bool revisit)
    {
        if (_error is not null)
            return null;
        try
        {
            var leftOut = batch.LeftOut(Bound.Where);
            return _tally is { } tally && !revisit && Bound.Rule is RowTest test
                ? Test(tally, test, batch, scratch, leftOut, wantsRows)
                : Mark(batch, scratch, leftOut, wantsRows && Bound.Rule.MarksRows, revisit);
        }
        catch (Exception error) when (BelongsToRule(error))
        {
            Fail(batch, error);
            return null;
        }
    }

    /// <summary>Ends the rule by the error of the lowest row that has one, where rows are looked at by themselves: by the filter, or by the rule too.</summary>
    private void Fail(RuleBatch batch, Exception error)
    {
        var test = Bound.Rule as RowTest;
        if (error is RowFault || (test is null && Bound.Where is null))
        {
            Fail(error, error is RowFault known ? known.Row : batch.FirstRow);
            return;
        }

        var (row, message) = LowestFault.Find(batch, part => Evaluate(part, test), error);
        (_error, _errorRow) = (message, row);
        Dispose();
    }

    private void Evaluate(RuleBatch part, RowTest? test)
    {
        _ = part.LeftOut(Bound.Where);
        test?.Test(part, new ulong[RowBits.Words(part.Length)], new ulong[RowBits.Words(part.Length)]);
    }

    private static int[]? Test(RuleTally tally, RowTest test, RuleBatch batch, RowScratch scratch, ReadOnlySpan<ulong> leftOut, bool wantsRows)
    {
        var skipped = scratch.Skipped(batch.Length, leftOut);
        var fails = scratch.Fails(batch.Length);
        test.Test(batch, skipped, fails);
        tally.Add(batch, leftOut, skipped, fails);
        return wantsRows ? RowBits.Rows(fails) : null;
    }

    private int[]? Mark(RuleBatch batch, RowScratch scratch, ReadOnlySpan<ulong> leftOut, bool wantsRows, bool revisit)
    {
        var marks = scratch.Marks(batch.Length);
        RuleTally.LeaveOut(marks, leftOut);
        Visit(batch, marks, leftOut, revisit);
        if (!wantsRows)
            return null;
        var fails = scratch.Fails(batch.Length);
        RowBits.Read(marks, RowMark.Violates, fails);
        return RowBits.Rows(fails);
    }

    private void Visit(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<ulong> leftOut, bool revisit)
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

    private void Fail(Exception error, long row)
    {
        (_error, _errorRow) = (LowestFault.TextOf(error), row);
        Dispose();
    }
}
