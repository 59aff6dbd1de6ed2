using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Batches held in memory to be ordered, with what is known of their keys. Owns them.</summary>
internal sealed class HeldRows(SortState state) : IDisposable
{
    /// <summary>Above this, a sort is put on disk although it would fit: elements of one array are counted in 31 bits of bytes.</summary>
    public const long MostRows = 1L << 26;

    private const int SmallBatch = 4096;

    private readonly List<(RecordBatch Batch, long Sequence)> _batches = [];
    private long _bytes;

    public long Rows { get; private set; }

    public SortRange[] Ranges { get; } = state.Plan.NewRanges();

    public int Batches => _batches.Count;

    public void Take(RecordBatch batch, long sequence)
    {
        _batches.Add((batch, sequence));
        var bytes = BatchBytes.Of(batch);
        _bytes += bytes;
        Rows += batch.Length;
        state.Hold(bytes, batch.Length);
        for (var k = 0; k < Ranges.Length; k++)
            Ranges[k].Add(batch.Column(state.Plan.Orders[k].Column).Data);
    }

    /// <summary>Takes over what another one holds.</summary>
    public void TakeAll(HeldRows other)
    {
        _batches.AddRange(other._batches);
        _bytes += other._bytes;
        Rows += other.Rows;
        for (var k = 0; k < Ranges.Length; k++)
            Ranges[k].Add(other.Ranges[k]);
        other.Forget();
    }

    /// <summary>The batches in the order of the input.</summary>
    public IReadOnlyList<(RecordBatch Batch, long Sequence)> InOrder()
    {
        _batches.Sort((l, r) => l.Sequence.CompareTo(r.Sequence));
        return _batches;
    }

    /// <summary>The batches in the order of the input, small ones put together.</summary>
    public IReadOnlyList<RecordBatch> Settled()
    {
        var batches = InOrder();
        if (Rows / Math.Max(1, batches.Count) < SmallBatch)
            Join();
        return [.. batches.Select(b => b.Batch)];
    }

    private void Join()
    {
        var joined = new List<(RecordBatch Batch, long Sequence)>();
        try
        {
            for (var from = 0; from < _batches.Count;)
            {
                var to = from;
                long rows = 0;
                while (to < _batches.Count && (to == from || rows + _batches[to].Batch.Length <= RowChunks.MostRows))
                    rows += _batches[to++].Batch.Length;
                joined.Add((Concatenation.Concat([.. _batches[from..to].Select(b => b.Batch)], state.Context.Allocator), _batches[from].Sequence));
                for (; from < to; from++)
                    _batches[from].Batch.Dispose();
                // What is disposed already must not be disposed again when the next join fails.
                _batches.RemoveRange(0, to);
                from = 0;
            }
        }
        finally
        {
            _batches.InsertRange(0, joined);
        }
    }

    public void Dispose()
    {
        foreach (var (batch, _) in _batches)
            batch.Dispose();
        state.LetGo(_bytes, Rows);
        Forget();
    }

    private void Forget()
    {
        _batches.Clear();
        _bytes = 0;
        Rows = 0;
    }
}
