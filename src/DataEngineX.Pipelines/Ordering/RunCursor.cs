using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Reads an ordered run batch after batch while runs are merged.</summary>
internal sealed class RunCursor(SpillFile run, int slot, RunMerge merge) : IDisposable
{
    private readonly IEnumerator<RecordBatch> _batches = run.Read(merge.State.Context.Allocator).GetEnumerator();
    private SortElement[] _keys = [];
    private int _row;

    public int Slot => slot;

    /// <summary>The batch read now; whoever keeps rows of it shares it.</summary>
    public SharedBatch? Batch { get; private set; }

    public int Row => _row;

    /// <summary>The chunk of this batch in the merged batch that is put together now; -1 before its first row.</summary>
    public int Chunk { get; set; } = -1;

    public ref readonly SortElement Key => ref _keys[_row];

    /// <summary>Where the row was in the input.</summary>
    public long Place => Columns.Values<long>(Batch!.Batch.Column(merge.State.Plan.Fields.Count).Data)[_row];

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Next()
    {
        if (Batch is not null && ++_row < Batch.Batch.Length)
            return true;
        Batch?.Release();
        Batch = null;
        do
        {
            if (!_batches.MoveNext())
                return false;
            if (_batches.Current.Length == 0)
                _batches.Current.Dispose();
        }
        while (_batches.Current.Length == 0);

        Batch = new SharedBatch(_batches.Current);
        Chunk = -1;
        _row = 0;
        _keys = merge.Encode(slot, Batch.Batch, _keys);
        return true;
    }

    public void Dispose()
    {
        Batch?.Release();
        Batch = null;
        _batches.Dispose();
    }
}
