using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Walks the ordered rows of both sides: the partner of a left row is the last right row of its group before it.</summary>
internal sealed class AsOfWalk(JoinPlan plan, AsOfUnion union, EngineContext context)
{
    private readonly AsOfRule _rule = plan.AsOf!;

    private delegate RecordBatch? Made(RecordBatch rows, int first, ReadOnlySpan<int> lasts);

    public async ValueTask<BatchStream> RunAsync(AsOfFold fold, CancellationToken cancellationToken)
    {
        var ordered = await fold.OrderAsync(cancellationToken).ConfigureAwait(false);
        if (union.Reversed is null)
            return new WalkedStream(ordered, this, Join);

        // The nearest: left rows take the right row before them along, and meet the one after them in the other direction.
        var found = new WalkedStream(ordered, this, Find);
        var reversed = await new SortFold(union.Reversed, context).RunAsync(found, cancellationToken).ConfigureAwait(false);
        return new WalkedStream(reversed, this, Join);
    }

    private async IAsyncEnumerable<RecordBatch> WalkAsync(BatchStream ordered, Made make, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RecordBatch? carried = null;
        try
        {
            await foreach (var batch in OrderedReader.ReadAsync(ordered, context.Parallelism, cancellationToken).ConfigureAwait(false))
            {
                RecordBatch? made;
                using (batch)
                    made = Step(batch, ref carried, make);
                if (made is not null)
                    yield return made;
            }
        }
        finally
        {
            carried?.Dispose();
        }
    }

    /// <summary>One batch, before which the last right row of the group stands, if there is one.</summary>
    private RecordBatch? Step(RecordBatch batch, ref RecordBatch? carried, Made make)
    {
        var first = carried is null ? 0 : 1;
        using var rows = carried is null ? batch.SliceShared(0, batch.Length) : Concatenation.Concat([carried, batch], context.Allocator);
        carried?.Dispose();
        carried = null;
        using var rented = new Rented<int>(rows.Length);
        var lasts = rented.Span;
        var last = Lasts(rows, lasts);
        var made = make(rows, first, lasts);
        try
        {
            if (last >= 0)
                carried = Selection.Take(rows, [last], context.Allocator);
        }
        catch
        {
            made?.Dispose();
            throw;
        }

        return made;
    }

    /// <summary>The last right row of the group at or before each row, or -1.</summary>
    private int Lasts(RecordBatch rows, Span<int> lasts)
    {
        using var rented = new Rented<bool>(rows.Length);
        var starts = rented.Span;
        Windows.PartitionStarts([.. Enumerable.Range(0, union.Keys).Select(rows.Column)], starts);
        var sides = Columns.Values<sbyte>(rows.Column(union.SideAt).Data);
        var last = -1;
        for (var row = 0; row < lasts.Length; row++)
        {
            if (starts[row])
                last = -1;
            if (sides[row] != 0)
                last = row;
            lasts[row] = last;
        }

        return last;
    }

    /// <summary>All rows, the columns and the time of the right row before them in the place of their own.</summary>
    private RecordBatch Find(RecordBatch rows, int first, ReadOnlySpan<int> lasts)
    {
        var picks = RowPicks.Trust(lasts[first..], anyMissing: lasts[first..].Contains(-1));
        using var columns = new BatchColumns(union.Schema.FieldsList.Count);
        for (var c = 0; c < union.RightAt; c++)
        {
            using var own = rows.SliceShared(first, rows.Length - first);
            columns[c] = Assemble.Share(own.Column(c));
        }

        for (var c = union.RightAt; c < union.FoundAt; c++)
            columns[c] = Gather.Run("as_of_join", rows.Column(c).Data, picks, context.Allocator);
        columns[union.FoundAt] = Gather.Run("as_of_join", rows.Column(union.TimeAt).Data, picks, context.Allocator);
        return columns.Build(union.Schema, rows.Length - first);
    }

    /// <summary>The output of the left rows.</summary>
    private RecordBatch? Join(RecordBatch rows, int first, ReadOnlySpan<int> lasts)
    {
        using var rentedRows = new Rented<int>(rows.Length);
        using var rentedPartners = new Rented<int>(rows.Length);
        var lefts = rentedRows.Span;
        var partners = rentedPartners.Span;
        var (count, missed) = (0, 0);
        var sides = Columns.Values<sbyte>(rows.Column(union.SideAt).Data);
        var times = new AsOfTimes(rows.Column(union.TimeAt));
        var found = new AsOfTimes(rows.Column(union.FoundAt));
        for (var row = first; row < rows.Length; row++)
        {
            if (sides[row] != 0)
                continue;
            var partner = Partner(row, lasts[row], times, found);
            missed += partner < 0 ? 1 : 0;
            if (partner < 0 && !plan.KeepsProbe)
                continue;
            lefts[count] = row;
            partners[count++] = partner;
        }

        if (!plan.KeepsProbe)
            context.Rows.Add(RowFlow.Unmatched, missed);
        return count == 0 ? null : Build(rows, lefts[..count], partners[..count], anyMissing: plan.KeepsProbe && missed > 0);
    }

    private int Partner(int row, int last, AsOfTimes times, AsOfTimes found)
    {
        var partner = last;
        if (union.Reversed is not null && found.IsValid(row))
        {
            // What it took along stands in the row itself.
            var isLater = last >= 0 && _rule.Measure.IsLaterNearer(times[row], found[row], times[last]);
            if (!isLater)
                return _rule.Measure.IsWithin(times[row], found[row]) ? row : -1;
        }

        return partner >= 0 && _rule.Measure.IsWithin(times[row], times[partner]) ? partner : -1;
    }

    private RecordBatch Build(RecordBatch rows, ReadOnlySpan<int> lefts, ReadOnlySpan<int> partners, bool anyMissing)
    {
        var leftPicks = RowPicks.Trust(lefts, anyMissing: false);
        var rightPicks = RowPicks.Trust(partners, anyMissing);
        using var columns = new BatchColumns(plan.Columns.Count);
        var fields = new Field[plan.Columns.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var origin = plan.Columns[i];
            var data = rows.Column(origin.Left >= 0 ? union.LeftAt + origin.Left : union.RightAt + origin.Right).Data;
            columns[i] = Gather.Run("as_of_join", data, origin.Left >= 0 ? leftPicks : rightPicks, context.Allocator);
            var field = plan.Schema.FieldsList[i];
            fields[i] = field.DataType is DictionaryType ? new Field(field.Name, data.DataType, field.IsNullable) : field;
        }

        return Restored.Of(columns.Build(new Schema(fields, null), lefts.Length), plan.Schema, context.Allocator);
    }

    /// <summary>A walk that has not begun gives back what it was to walk over.</summary>
    private sealed class WalkedStream(BatchStream ordered, AsOfWalk walk, Made make) : BatchStream
    {
        private BatchStream? _ordered = ordered;

        public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var taken = _ordered!;
            _ordered = null;
            await foreach (var batch in walk.WalkAsync(taken, make, cancellationToken).ConfigureAwait(false))
                yield return BatchPart.Of(batch);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_ordered is not null)
                await _ordered.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }
}
