using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>One thread's share of the first rows of an order. Beside its columns a row has its place in the input, which decides between equals.</summary>
internal sealed class TopWorker(SortPlan plan, int rows, OperatorContext context) : IFoldWorker, IDisposable
{
    /// <summary>Rows beyond those wanted that are held before the last are dropped, so that few rows wanted do not mean sorting all the time.</summary>
    private const int Slack = 1 << 12;

    private readonly Schema _schema = new(
        [.. plan.Schema.FieldsList, new Field("$sequence", Int64Type.Default, false), new Field("$row", Int32Type.Default, false)], null);

    private readonly RowOrder[] _orders =
    [
        .. plan.Orders, new RowOrder(plan.Schema.FieldsList.Count, false, false), new RowOrder(plan.Schema.FieldsList.Count + 1, false, false),
    ];

    private readonly TopThreshold _threshold = new(plan.Orders[0]);
    private readonly List<RecordBatch> _pending = [];
    private int _held;

    private long MostHeld => rows + (long)Math.Max(rows, Slack);

    public ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken)
    {
        using (batch)
        {
            // Of the first batch only a part is held before there is a threshold for the rest.
            var part = _threshold.IsSet ? batch.Length : (int)Math.Min(batch.Length, MostHeld - _held);
            for (var start = 0; start < batch.Length; start += part, part = batch.Length - start)
            {
                using var some = batch.SliceShared(start, part);
                Add(some, sequence, start);
                if (_held >= MostHeld)
                    Shrink();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Takes over the rows of another worker.</summary>
    public void TakeAll(TopWorker other)
    {
        other.Shrink();
        _pending.AddRange(other._pending);
        _held += other._held;
        other._pending.Clear();
    }

    /// <summary>The first rows in order, owned by the caller; null when there are none.</summary>
    public RecordBatch? Finish()
    {
        Shrink();
        if (_held == 0)
            return null;
        var top = _pending[0];
        using var columns = new BatchColumns(plan.Schema.FieldsList.Count);
        for (var c = 0; c < plan.Schema.FieldsList.Count; c++)
            columns[c] = ArrowArrayFactory.BuildArray(top.Column(c).Data.Retain());
        return columns.Build(plan.Schema, top.Length);
    }

    public void Dispose()
    {
        foreach (var batch in _pending)
            batch.Dispose();
        _pending.Clear();
    }

    private void Add(RecordBatch batch, long sequence, int first)
    {
        using var room = new Rented<int>(batch.Length);
        var chosen = room.Span[.._threshold.Choose(batch, room.Span)];
        context.Rows.Add(RowFlow.Filtered, batch.Length - chosen.Length);
        if (chosen.IsEmpty)
            return;
        using var taken = chosen.Length == batch.Length ? null : Selection.Take(batch, chosen, context.Allocator);
        _pending.Add(WithPlaces(taken ?? batch, sequence, first, chosen));
        _held += chosen.Length;
    }

    private void Shrink()
    {
        if (_held == 0)
            return;
        RecordBatch kept;
        using (var all = Concatenation.Concat(_pending, context.Allocator))
        {
            IArrowArray[] columns = [.. Enumerable.Range(0, all.ColumnCount).Select(all.Column)];
            var order = Compute.Ordering.Of(columns, _orders, context.Allocator);
            var count = Math.Min(rows, order.Length);
            kept = Selection.Take(all, ((int[])(object)order).AsSpan(0, count), context.Allocator);
            context.Rows.Add(RowFlow.Filtered, all.Length - count);
        }

        foreach (var batch in _pending)
            batch.Dispose();
        _pending.Clear();
        _pending.Add(kept);
        _held = kept.Length;
        if (_held == rows && rows > 0)
            _threshold.Set(kept);
    }

    private RecordBatch WithPlaces(RecordBatch batch, long sequence, int first, ReadOnlySpan<int> places)
    {
        using var columns = new BatchColumns(batch.ColumnCount + 2);
        for (var c = 0; c < batch.ColumnCount; c++)
            columns[c] = ArrowArrayFactory.BuildArray(batch.Column(c).Data.Retain());
        using var sequences = new OutputBuffer<long>(context.Allocator, batch.Length);
        sequences.Span.Fill(sequence);
        columns[batch.ColumnCount] = Assemble.Fixed(Int64Type.Default, batch.Length, null, sequences);
        using var numbers = new OutputBuffer<int>(context.Allocator, batch.Length);
        for (var i = 0; i < places.Length; i++)
            numbers.Span[i] = first + places[i];
        columns[batch.ColumnCount + 1] = Assemble.Fixed(Int32Type.Default, batch.Length, null, numbers);
        return columns.Build(_schema, batch.Length);
    }
}
