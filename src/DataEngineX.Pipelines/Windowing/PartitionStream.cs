using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Cuts an ordered stream into partitions. Whole ones are computed at once; one that grows beyond its share goes piece by piece.</summary>
/// <param name="plan">The window.</param>
/// <param name="whole">Computes whole partitions.</param>
/// <param name="share">The bytes a partition may have to be held whole.</param>
/// <param name="context">The operator's context.</param>
internal sealed class PartitionStream(WindowPlan plan, PartitionBatch whole, long share, EngineContext context) : IDisposable
{
    private readonly PeerTracker _partitions = new(plan, plan.Keys);
    private readonly List<RecordBatch> _pending = [];
    private long _bytes;
    private LargePartition? _large;

    /// <summary>Takes a batch and yields what can be computed.</summary>
    public IEnumerable<RecordBatch> Take(RecordBatch batch)
    {
        using (batch)
        {
            if (batch.Length == 0)
                yield break;
            var (first, last) = Starts(batch);
            var at = 0;
            if (_large is not null)
            {
                at = first < 0 ? batch.Length : first;
                if (at > 0)
                {
                    foreach (var made in _large.Take(batch.SliceShared(0, at)))
                        yield return made;
                }

                if (first < 0)
                    yield break;
                foreach (var made in EndLarge())
                    yield return made;
            }

            if (last > at)
                Hold(batch.SliceShared(at, last - at));
            if (last >= at)
            {
                foreach (var made in Flush())
                    yield return made;
                at = last;
            }

            Hold(batch.SliceShared(at, batch.Length - at));
        }

        if (_bytes <= share)
            yield break;
        _large = new LargePartition(plan, context);
        while (_pending.Count > 0)
        {
            var next = _pending[0];
            _pending.RemoveAt(0);
            foreach (var made in _large.Take(next))
                yield return made;
        }

        _bytes = 0;
    }

    /// <summary>Yields the rest.</summary>
    public IEnumerable<RecordBatch> Finish() => _large is not null ? EndLarge() : Flush();

    public void Dispose()
    {
        _large?.Dispose();
        _partitions.Dispose();
        foreach (var batch in _pending)
            batch.Dispose();
        _pending.Clear();
    }

    private (int First, int Last) Starts(RecordBatch batch)
    {
        using var buffer = new OutputBuffer<bool>(context.Allocator, batch.Length);
        var starts = buffer.Span;
        _partitions.Mark(batch, starts);
        return (starts.IndexOf(true), starts.LastIndexOf(true));
    }

    private void Hold(RecordBatch batch)
    {
        _pending.Add(batch);
        _bytes += BatchBytes.Of(batch);
    }

    private IEnumerable<RecordBatch> Flush()
    {
        if (_pending.Count == 0)
            return [];
        using var all = Concatenation.Concat(_pending, context.Allocator);
        foreach (var batch in _pending)
            batch.Dispose();
        _pending.Clear();
        _bytes = 0;
        return BatchBuffer.TakeSlices(whole.Compute(all), context.BatchRows);
    }

    private IEnumerable<RecordBatch> EndLarge()
    {
        foreach (var made in _large!.Finish())
            yield return made;
        _large.Dispose();
        _large = null;
    }
}
