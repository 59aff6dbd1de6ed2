using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Takes in the right side in memory; once it does not fit its share, orders the rows of both sides together on disk.</summary>
internal sealed class AsOfFold(JoinPlan plan, AsOfUnion union, EngineContext context, OperatorMemory memory) : IDisposable
{
    /// <summary>Left rows are after all right ones in the order of the input.</summary>
    private const long LeftSequence = 1L << 62;

    private readonly OperatorMemory _memory = memory;
    private readonly Lock _lock = new();
    private readonly List<Worker> _workers = [];
    private readonly List<SortWorker> _sorters = [];
    private SortState? _sort;

    /// <summary>Whether rows are ordered on disk.</summary>
    public bool IsOnDisk => Volatile.Read(ref _sort) is not null;

    public async ValueTask TakeRightAsync(BatchStream input, CancellationToken cancellationToken)
    {
        await Workers.FoldAsync(input, context, Create, cancellationToken).ConfigureAwait(false);
        var rows = _workers.Sum(w => w.Held.Rows);
        if (!IsOnDisk && rows > 0 && _memory.HeldBytes + AsOfTables.BytesFor(rows, plan.AsOf!.IsWide) > _memory.LimitBytes)
            GoToDisk();
        if (!IsOnDisk)
            return;
        await Workers.RunAsync(context, _workers.Count, (worker, token) => _workers[worker].FlushAsync(token), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask TakeLeftAsync(BatchStream input, CancellationToken cancellationToken) =>
        await Workers.FoldAsync(input, context, () => new LeftWorker(this), cancellationToken).ConfigureAwait(false);

    /// <summary>The right batches in memory in their order; the caller owns them and what is counted for them.</summary>
    public (IReadOnlyList<RecordBatch> Batches, long Bytes) TakeAll() => HeldBatches.TakeAll([.. _workers.Select(w => w.Held)]);

    /// <summary>The rows of both sides in order.</summary>
    public ValueTask<BatchStream> OrderAsync(CancellationToken cancellationToken)
    {
        var (state, sorters) = (_sort!, _sorters.ToArray());
        _sort = null;
        _sorters.Clear();
        return new SortFold(union.Sort, context).FinishAsync(state, sorters, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
        foreach (var sorter in _sorters)
            sorter.Dispose();
        _sort?.Dispose();
    }

    private Worker Create()
    {
        var worker = new Worker(this);
        lock (_lock)
            _workers.Add(worker);
        return worker;
    }

    private void GoToDisk()
    {
        lock (_lock)
            _sort ??= new SortState(union.Sort, context);
    }

    private SortWorker NewSorter()
    {
        var sorter = new SortWorker(_sort!);
        lock (_lock)
            _sorters.Add(sorter);
        return sorter;
    }

    private async ValueTask SortAsync(SortWorker sorter, RecordBatch batch, int input, long sequence, CancellationToken cancellationToken)
    {
        RecordBatch rows;
        using (batch)
            rows = union.Project(batch, input, context);
        await sorter.TakeAsync(rows, sequence, cancellationToken).ConfigureAwait(false);
    }

    private sealed class LeftWorker(AsOfFold owner) : IFoldWorker
    {
        private readonly SortWorker _sorter = owner.NewSorter();

        public ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken) =>
            owner.SortAsync(_sorter, batch, 0, LeftSequence + sequence, cancellationToken);
    }

    private sealed class Worker(AsOfFold owner) : IFoldWorker, IDisposable
    {
        private SortWorker? _sorter;

        public HeldBatches Held { get; } = new(owner._memory);

        public async ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken)
        {
            owner.Took(batch.Length);
            Held.Take(batch, sequence);
            if (!owner.IsOnDisk && owner._memory.IsOverLimit)
                owner.GoToDisk();
            if (owner.IsOnDisk)
                await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        /// <summary>Puts what it holds in order on disk.</summary>
        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            _sorter ??= owner.NewSorter();
            while (Held.TryGive(out var batch, out var sequence))
                await owner.SortAsync(_sorter, batch, 1, sequence, cancellationToken).ConfigureAwait(false);
        }

        public void Dispose() => Held.Dispose();
    }

    private void Took(long rows) => context.Rows.Add(RowFlow.Folded, rows);
}
