using System.Buffers;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Joins batches of the streamed side with the held side. Thread-safe.</summary>
internal sealed class JoinProber(JoinPlan plan, BuildSide build, EngineContext context)
{
    private readonly JoinAssembler _assembler = new(plan, build, context.Allocator);

    /// <summary>The output of one batch, which it takes.</summary>
    public IEnumerable<RecordBatch> Take(RecordBatch batch)
    {
        if (NeedsMarks)
            return TakeMarked(batch);
        return plan.IsSemiOrAnti ? TakeByHeads(batch) : TakePairs(batch);
    }

    /// <summary>The pairs of one batch with a held side that is only a part of its side; which rows found a partner is added to the marks.</summary>
    public IEnumerable<RecordBatch> Pairs(RecordBatch batch, Memory<byte> marks)
    {
        var heads = ArrayPool<int>.Shared.Rent(batch.Length);
        try
        {
            Find(batch, heads);
            using var window = new MatchWindow(context.BatchRows);
            var cursor = new MatchCursor();
            while (window.Fill(heads.AsSpan(0, batch.Length), build.Table, keepsUnmatched: false, ref cursor))
            {
                ApplyCondition(batch, window);
                Mark(window, marks.Span);
                if (window.Count > 0 && !plan.IsSemiOrAnti)
                    yield return _assembler.Pairs(batch, window);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(heads);
        }
    }

    /// <summary>Whether streamed rows come out by whether they found a partner.</summary>
    public bool FinishesProbe => plan.KeepsProbe || (plan.IsSemiOrAnti && !plan.BuildsLeft);

    /// <summary>Accounts for streamed rows of which the marks say whether they found a partner.</summary>
    public void Account(ReadOnlySpan<byte> marks, long pairs) => Account(marks.Length, marks.Length - marks.Count((byte)0), pairs);

    /// <summary>What is to come out of a batch once it is known which of its rows found a partner, and the account of these rows.</summary>
    public RecordBatch? Finish(RecordBatch batch, ReadOnlySpan<byte> marks, long pairs)
    {
        Account(marks, pairs);
        if (!FinishesProbe)
            return null;
        var wanted = plan.Kind == JoinKind.Semi ? (byte)1 : (byte)0;
        var rows = ArrayPool<int>.Shared.Rent(marks.Length);
        try
        {
            var count = 0;
            for (var row = 0; row < marks.Length; row++)
            {
                if (marks[row] == wanted)
                    rows[count++] = row;
            }

            return count == 0 ? null : _assembler.ProbeRows(batch, RowPicks.Trust(rows.AsSpan(0, count), anyMissing: false));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    /// <summary>The held rows that come out at the end, because they found a partner or because they did not.</summary>
    public IEnumerable<RecordBatch> Rest(int chunk)
    {
        var length = build.Chunks[chunk].Length;
        var rows = ArrayPool<int>.Shared.Rent(length);
        try
        {
            var start = chunk << build.Shift;
            var count = Rest(start, length, rows);
            AccountRest(length, count);
            for (var from = 0; from < count; from += context.BatchRows)
                yield return _assembler.BuildRows(RowPicks.Trust(rows.AsSpan(from, Math.Min(context.BatchRows, count - from)), anyMissing: false));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    /// <summary>Whether a row's fate is known only after all its pairs were looked at, or held rows must remember.</summary>
    private bool NeedsMarks => plan.MarksBuild || (plan.Condition is not null && (plan.KeepsProbe || plan.IsSemiOrAnti));

    private IEnumerable<RecordBatch> TakePairs(RecordBatch batch)
    {
        using var held = batch;
        var heads = ArrayPool<int>.Shared.Rent(batch.Length);
        try
        {
            Find(batch, heads);
            long pairs = 0;
            using var window = new MatchWindow(Math.Min(context.BatchRows, build.Table.IsUnique ? batch.Length : int.MaxValue));
            var cursor = new MatchCursor();
            while (window.Fill(heads.AsSpan(0, batch.Length), build.Table, plan.KeepsProbe, ref cursor))
            {
                ApplyCondition(batch, window);
                pairs += window.Count;
                if (window.Count > 0)
                    yield return _assembler.Pairs(batch, window);
            }

            // With a condition rows are not told apart: what its pairs lost counts as unmatched, what they gave beyond one as expanded.
            var matched = plan.Condition is null ? batch.Length - heads.AsSpan(0, batch.Length).Count(-1) : Math.Min(pairs, batch.Length);
            Account(batch.Length, matched, plan.KeepsProbe ? pairs - (batch.Length - matched) : pairs);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(heads);
        }
    }

    private IEnumerable<RecordBatch> TakeMarked(RecordBatch batch)
    {
        using var held = batch;
        var marks = ArrayPool<byte>.Shared.Rent(batch.Length);
        try
        {
            var used = marks.AsMemory(0, batch.Length);
            used.Span.Clear();
            long pairs = 0;
            foreach (var joined in Pairs(batch, used))
            {
                pairs += joined.Length;
                yield return joined;
            }

            if (Finish(batch, used.Span, pairs) is { } rest)
                yield return rest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(marks);
        }
    }

    private IEnumerable<RecordBatch> TakeByHeads(RecordBatch batch)
    {
        RecordBatch? kept;
        using (batch)
            kept = KeepByHeads(batch);
        if (kept is not null)
            yield return kept;
    }

    private RecordBatch? KeepByHeads(RecordBatch batch)
    {
        var heads = ArrayPool<int>.Shared.Rent(batch.Length);
        try
        {
            Find(batch, heads);
            var count = 0;
            var flip = plan.Kind == JoinKind.Anti ? 0u : uint.MaxValue;
            for (var row = 0; row < batch.Length; row++)
            {
                // The sign says whether there is a partner; the row takes the place of a head already read.
                var isKept = (int)(((uint)heads[row] ^ flip) >> 31);
                heads[count] = row;
                count += isKept;
            }

            Account(batch.Length, plan.Kind == JoinKind.Anti ? batch.Length - count : count, 0);
            return count == 0 ? null : _assembler.ProbeRows(batch, RowPicks.Trust(heads.AsSpan(0, count), anyMissing: false));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(heads);
        }
    }

    private void Find(RecordBatch batch, int[] heads)
    {
        using var keys = ProbeKeys.Evaluate(batch, plan.ProbeKeys, context);
        build.Table.Find(keys, heads.AsSpan(0, batch.Length));
    }

    private void ApplyCondition(RecordBatch batch, MatchWindow window)
    {
        if (plan.Condition is not { } condition || window.Count == 0)
            return;
        using var seen = _assembler.Pairs(batch, window, condition.Schema, condition.Columns);
        using var mask = (BooleanArray)condition.Predicate.Evaluate(seen, context.Parameters, context.Allocator);
        var kept = ArrayPool<int>.Shared.Rent(window.Count);
        try
        {
            window.Keep(kept.AsSpan(0, Selection.SelectedIndices(mask, kept)));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(kept);
        }
    }

    private void Mark(MatchWindow window, Span<byte> marks)
    {
        foreach (var row in window.Rows)
            marks[row] = 1;
        var held = build.Marks;
        if (held.IsEmpty)
            return;
        foreach (var partner in window.Partners)
            held[partner] = 1;
    }

    private int Rest(int start, int length, int[] rows)
    {
        var marks = build.Marks.Slice(start, length);
        var wanted = plan.Kind == JoinKind.Semi ? (byte)1 : (byte)0;
        var count = 0;
        for (var row = 0; row < length; row++)
        {
            if (marks[row] == wanted)
                rows[count++] = start + row;
        }

        return count;
    }

    /// <summary>Accounts for streamed rows.</summary>
    private void Account(long rows, long matched, long pairs)
    {
        var rowsOf = context.Rows;
        if (plan.IsSemiOrAnti)
        {
            if (plan.BuildsLeft)
                rowsOf.Add(RowFlow.Folded, rows);
            else
                rowsOf.Add(plan.Kind == JoinKind.Anti ? RowFlow.Filtered : RowFlow.Unmatched, plan.Kind == JoinKind.Anti ? matched : rows - matched);
            return;
        }

        rowsOf.Add(RowFlow.Expanded, pairs - matched);
        if (!plan.KeepsProbe)
            rowsOf.Add(RowFlow.Unmatched, rows - matched);
    }

    /// <summary>Accounts for held rows at the end.</summary>
    private void AccountRest(long rows, long kept)
    {
        if (plan.IsSemiOrAnti)
            context.Rows.Add(plan.Kind == JoinKind.Anti ? RowFlow.Filtered : RowFlow.Unmatched, rows - kept);
        else
            context.Rows.Add(RowFlow.Padded, kept);
    }
}
