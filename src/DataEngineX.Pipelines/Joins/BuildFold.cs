using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Takes in the side that is held, on all threads of the run; once it does not fit its share of memory, into partitions on disk.</summary>
internal sealed class BuildFold(JoinPlan plan, EngineContext context, OperatorMemory memory) : IDisposable
{
    private readonly OperatorMemory _memory = memory;
    private readonly Lock _lock = new();
    private readonly List<Worker> _workers = [];
    private Partitions? _spilled;

    /// <summary>The partitions on disk, or null when all rows are in memory.</summary>
    public Partitions? Spilled => Volatile.Read(ref _spilled);

    public async ValueTask RunAsync(BatchStream input, CancellationToken cancellationToken)
    {
        await Workers.FoldAsync(input, context, Create, cancellationToken).ConfigureAwait(false);
        var rows = _workers.Sum(w => w.Held.Rows);
        if (Spilled is null && _memory.HeldBytes + JoinTables.BytesFor(rows) > _memory.LimitBytes && rows > 0)
            Spill();
        if (Spilled is not null)
            await Workers.RunAsync(context, _workers.Count, FlushAsync, cancellationToken).ConfigureAwait(false);

        ValueTask FlushAsync(int worker, CancellationToken token)
        {
            _workers[worker].Flush();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>The batches in memory in their order; the caller owns them and what is counted for them.</summary>
    public (IReadOnlyList<RecordBatch> Batches, long Bytes) TakeAll() => HeldBatches.TakeAll([.. _workers.Select(w => w.Held)]);

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
        _spilled?.Dispose();
    }

    /// <summary>Hands the partitions over.</summary>
    public Partitions TakeSpilled()
    {
        var taken = _spilled!;
        _spilled = null;
        return taken;
    }

    private Worker Create()
    {
        var worker = new Worker(this);
        lock (_lock)
            _workers.Add(worker);
        return worker;
    }

    private void Spill()
    {
        lock (_lock)
            _spilled ??= new Partitions(plan.Inputs[plan.BuildInput], plan.BuildKeys, 0, context);
    }

    private void Took(RecordBatch batch)
    {
        if (!(plan.IsSemiOrAnti && plan.BuildsLeft))
            context.Rows.Add(RowFlow.Folded, batch.Length);
    }

    private sealed class Worker(BuildFold owner) : IFoldWorker, IDisposable
    {
        public HeldBatches Held { get; } = new(owner._memory);

        public ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken)
        {
            owner.Took(batch);
            Held.Take(batch, sequence);
            if (owner.Spilled is null && owner._memory.IsOverLimit)
                owner.Spill();
            if (owner.Spilled is not null)
                Flush();
            return ValueTask.CompletedTask;
        }

        /// <summary>Writes what it holds to the partitions.</summary>
        public void Flush()
        {
            while (Held.TryGive(out var batch, out _))
            {
                using (batch)
                    owner.Spilled!.Write(batch);
            }
        }

        public void Dispose() => Held.Dispose();
    }
}
