using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Merges ordered runs; rows with equal keys come in the order of the input.</summary>
internal sealed class RunMerge : IDisposable
{
    private readonly SortLayout _layout;
    private readonly ChunkColumn[] _columns;
    private readonly SortComparer[] _comparers;
    private readonly RunCursor[] _cursors;
    private readonly int[] _heap;
    private int _open;

    public RunMerge(SortState state, IReadOnlyList<SpillFile> runs, SortRange[] ranges)
    {
        State = state;
        var orders = state.Plan.Orders;
        _layout = SortLayout.Create(orders, ranges);
        _columns = [.. orders.Select(o => new ChunkColumn(state.Plan.Fields[o.Column].DataType, runs.Count))];
        _comparers = [.. orders.Select((o, k) => SortComparer.Create(_columns[k], o)).Skip(_layout.ExactKeys)];
        _cursors = [.. runs.Select((r, i) => new RunCursor(r, i, this))];
        _heap = new int[runs.Count];
    }

    public SortState State { get; }

    /// <summary>The rows of all runs in order, in batches of so many rows.</summary>
    public IEnumerable<MergedRows> Read(int batchRows, Schema schema)
    {
        foreach (var cursor in _cursors)
        {
            if (cursor.Next())
                Push(cursor.Slot);
        }

        while (_open > 0)
            yield return ReadBatch(batchRows, schema);
    }

    /// <summary>Encodes the keys of a run's next batch and points comparisons at it.</summary>
    public SortElement[] Encode(int slot, RecordBatch batch, SortElement[] room)
    {
        var keys = room.Length >= batch.Length ? room : new SortElement[batch.Length];
        var orders = State.Plan.Orders;
        var data = new ArrayData[orders.Count];
        for (var k = 0; k < data.Length; k++)
        {
            data[k] = batch.Column(orders[k].Column).Data;
            if (_comparers.Length > 0)
                _columns[k].Set(slot, data[k], 0);
        }

        SortEncoder.Encode(_layout, data, keys.AsSpan(0, batch.Length), 0);
        return keys;
    }

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
        foreach (var cursor in _cursors)
            cursor.Dispose();
    }

    private MergedRows ReadBatch(int batchRows, Schema schema)
    {
        var rows = new OutputBuffer<uint>(State.Memory, batchRows);
        var batches = new List<SharedBatch>();
        try
        {
            foreach (var cursor in _cursors)
                cursor.Chunk = -1;
            var target = rows.Span;
            var count = 0;
            while (_open > 0 && count < batchRows)
            {
                var cursor = _cursors[_heap[0]];
                if (cursor.Chunk < 0)
                {
                    cursor.Chunk = batches.Count;
                    batches.Add(cursor.Batch!.Share());
                }

                target[count++] = ((uint)cursor.Chunk << 16) | (uint)cursor.Row;
                if (!cursor.Next())
                    _heap[0] = _heap[--_open];
                Sink(0);
            }

            return new MergedRows(rows, count, batches, schema, State.Context);
        }
        catch
        {
            rows.Dispose();
            foreach (var batch in batches)
                batch.Release();
            throw;
        }
    }

    private void Push(int slot)
    {
        var at = _open++;
        while (at > 0 && IsBefore(slot, _heap[(at - 1) / 2]))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = slot;
    }

    private void Sink(int at)
    {
        var slot = _heap[at];
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _open)
                break;
            if (child + 1 < _open && IsBefore(_heap[child + 1], _heap[child]))
                child++;
            if (!IsBefore(_heap[child], slot))
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = slot;
    }

    private bool IsBefore(int left, int right)
    {
        var l = _cursors[left];
        var r = _cursors[right];
        ref readonly var leftKey = ref l.Key;
        ref readonly var rightKey = ref r.Key;
        if (!leftKey.HasKeyOf(rightKey))
            return leftKey.High < rightKey.High || (leftKey.High == rightKey.High && leftKey.Low >> 32 < rightKey.Low >> 32);
        foreach (var comparer in _comparers)
        {
            var compared = comparer.Compare(left, l.Row, right, r.Row);
            if (compared != 0)
                return compared < 0;
        }

        return State.ComparePlaces(l.Place, r.Place) < 0;
    }
}
