using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables.Edits;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// Deals rows out to the partitions that they belong to. The first partitions that come get theirs at once; rows of further ones wait, spilled where they
/// are many, and come at the end one partition after the other: so there are never many open files, and each partition gets one file however its rows lie.
/// </summary>
internal sealed class PartitionSplit : IAsyncDisposable
{
    /// <summary>The most partitions that get rows at the same time.</summary>
    private const int MostOpen = 32;

    /// <summary>What a file that is being written takes at least of a budget.</summary>
    private const long BytesOfFile = 2 << 20;

    private readonly TableContext _table;
    private readonly Schema _schema;
    private readonly IReadOnlyList<string> _by;
    private readonly PartitionLayout _layout;
    private readonly MemoryAllocator _allocator;
    private readonly GroupIndex _index;
    private readonly int _mostOpen;
    private readonly HashSet<int> _open = [];
    private StagedRows? _rest;

    internal PartitionSplit(TableContext table, Schema schema, IReadOnlyList<string> by, PartitionLayout layout, MemoryAllocator allocator)
    {
        _table = table;
        _schema = schema;
        _by = by;
        _layout = layout;
        _allocator = allocator;
        _mostOpen = FilesWithin(allocator);
        _index = new GroupIndex(layout.Types, allocator);
    }

    /// <summary>How many files are written at the same time within a budget.</summary>
    internal static int FilesWithin(MemoryAllocator? allocator) =>
        allocator is TrackingAllocator budget ? (int)Math.Clamp(budget.BudgetBytes / BytesOfFile, 1, MostOpen) : MostOpen;

    /// <summary>Deals rows out.</summary>
    /// <param name="batch">Borrowed.</param>
    /// <param name="write">Gets the number of a partition and rows of it, which it borrows.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async ValueTask WriteAsync(RecordBatch batch, Func<int, RecordBatch, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        var rows = RowsOf(batch, out var partitions);
        for (int from = 0, to; from < rows.Length; from = to)
        {
            var isOpen = IsOpen(partitions[from]);
            for (to = from + 1; to < rows.Length && (partitions[to] == partitions[from] || (!isOpen && !IsOpen(partitions[to])));)
                to++;
            var part = to - from == batch.Length ? batch.SliceShared(0, batch.Length) : Selection.Take(batch, rows.AsSpan(from, to - from), _allocator);
            if (!isOpen)
            {
                _rest ??= new StagedRows(_schema, [], _table);
                await _rest.TakeAsync(part, cancellationToken).ConfigureAwait(false);
                continue;
            }

            using (part)
                await write(partitions[from], part, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deals out the rows that wait.</summary>
    /// <param name="write">Gets the number of a partition and rows of it, which it borrows.</param>
    /// <param name="next">Called when a partition has all of its rows.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async ValueTask WriteRestAsync(
        Func<int, RecordBatch, CancellationToken, ValueTask> write, Func<CancellationToken, ValueTask> next, CancellationToken cancellationToken)
    {
        _open.Clear();
        if (_rest is not { } rest)
            return;
        _rest = null;
        await using var open = rest.ConfigureAwait(false);
        var sorted = Flow.From(new StagedSource(rest))
            .OrderBy([.. _by.Select(name => new OrderKey(StagedSource.NameOf(name))), new OrderKey(StagedSource.Row)])
            .Select(EditColumns.OfSource(_schema));
        var run = await _table.Engine.OpenAsync(sorted, _allocator as TrackingAllocator, cancellationToken).ConfigureAwait(false);
        var last = -1;
        await foreach (var batch in run.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var partitions = new int[batch.Length];
                _index.Map(_layout.Keys(batch), partitions);
                for (int from = 0, to; from < batch.Length; from = to)
                {
                    for (to = from + 1; to < batch.Length && partitions[to] == partitions[from];)
                        to++;
                    if (last >= 0 && partitions[from] != last)
                        await next(cancellationToken).ConfigureAwait(false);
                    last = partitions[from];
                    using var part = batch.SliceShared(from, to - from);
                    await write(last, part, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _index.Dispose();
        if (_rest is not null)
            await _rest.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a partition gets its rows at once; the first that come do.</summary>
    private bool IsOpen(int partition) => _open.Contains(partition) || (_open.Count < _mostOpen && _open.Add(partition));

    private int[] RowsOf(RecordBatch batch, out int[] partitions) => RowsOf(_index, _layout, batch, out partitions);

    /// <summary>The numbers of the rows in the order of their partitions, which are numbered as they come; rows of one keep their order.</summary>
    internal static int[] RowsOf(GroupIndex index, PartitionLayout layout, RecordBatch batch, out int[] partitions)
    {
        partitions = new int[batch.Length];
        index.Map(layout.Keys(batch), partitions);
        var rows = new int[batch.Length];
        // Partition above, row below: the order of such numbers is stable.
        var order = new long[batch.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = ((long)partitions[i] << 32) | (uint)i;
        System.Array.Sort(order);
        for (var i = 0; i < order.Length; i++)
            (partitions[i], rows[i]) = ((int)(order[i] >> 32), (int)(uint)order[i]);
        return rows;
    }
}
