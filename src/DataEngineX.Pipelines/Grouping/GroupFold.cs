using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// A group-by in one run: workers fold the input, then hash partitions are brought together, each by one thread, while they are read. A partition
/// that is too large for the memory is folded again, one level further down the hash.
/// </summary>
internal sealed class GroupFold : IDisposable
{
    /// <summary>Up to so many groups are merged at once: less than it takes to copy them through the partitions and hand out tasks.</summary>
    private const int FewGroups = 1 << 18;

    /// <summary>Where a result takes long to make of what was kept, each thread gets some pieces of the table to make it of.</summary>
    private const int PiecesOfThread = 4;

    /// <summary>From so many kept rows a group on, one thread bringing groups together costs less than partitions of the rows.</summary>
    private const int KeptRowsOfGroup = 16;

    /// <summary>Rows of a task that make its table fit the caches.</summary>
    private const int RowsOfTask = 1 << 15;

    /// <summary>Above what a key, its slots and its states take.</summary>
    private const int BytesOfGroup = 256;

    private readonly bool _ownsMemory;
    private GroupWorker[] _workers = [];
    private double _groups = DistinctEstimate.Unbounded;

    public GroupFold(GroupPlan plan, EngineContext context)
        : this(plan, context, context.OpenMemory(), 0) => _ownsMemory = true;

    private GroupFold(GroupPlan plan, EngineContext context, OperatorMemory memory, int level)
    {
        Plan = plan;
        Context = context;
        Memory = memory;
        Level = level;
        Spills = new GroupSpills(plan, context);
    }

    public GroupPlan Plan { get; }

    public EngineContext Context { get; }

    public OperatorMemory Memory { get; }

    /// <summary>How often the hash has been divided.</summary>
    public int Level { get; }

    public GroupSpills Spills { get; }

    /// <summary>
    /// Whether state must go to disk: above half of the operator's share, as tables grow by doubling and are put in order beside themselves; what
    /// the level above holds in memory leaves less.
    /// </summary>
    public bool IsTight => Memory.HeldBytes > Memory.LimitBytes / 4 * (Level == 0 ? 2 : 3);

    /// <summary>How many groups there are, as far as can be told.</summary>
    private double Groups => Math.Min(_groups, _workers.Max(w => w.Groups) ?? DistinctEstimate.Unbounded);

    /// <summary>Folds an input; the stream owns this fold.</summary>
    public async ValueTask<BatchStream> RunAsync(BatchStream input, CancellationToken cancellationToken)
    {
        try
        {
            _workers = await Workers.FoldAsync(input, Context, () => new GroupWorker(this), cancellationToken).ConfigureAwait(false);
            Context.Rows.Add(Plan.Dropped, _workers.Sum(w => w.RowsIn));
            var parts = await PartsAsync(cancellationToken).ConfigureAwait(false);
            return BatchStream.Of(parts).Owning(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
        Spills.Dispose();
        if (_ownsMemory)
            Memory.Dispose();
    }

    private async ValueTask<IEnumerable<BatchPart>> PartsAsync(CancellationToken cancellationToken)
    {
        if (CanMerge())
        {
            Merge();
            return OfTable(_workers[0].Table).Select(read => BatchPart.Of(read));
        }

        await Workers.RunAsync(Context, _workers.Length, (i, _) => FlushAsync(i), cancellationToken).ConfigureAwait(false);
        if (!Spills.IsEmpty || IsTight)
            await Workers.RunAsync(Context, _workers.Length, (i, _) => SpillAsync(i), cancellationToken).ConfigureAwait(false);
        return Tasks().Select(task => BatchPart.Of(() => Fold(task)));
    }

    private ValueTask FlushAsync(int worker)
    {
        if (Spills.IsEmpty)
            _workers[worker].Flush();
        return ValueTask.CompletedTask;
    }

    private ValueTask SpillAsync(int worker)
    {
        _workers[worker].Spill();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether all groups lie in one table already, or in tables so small that one thread merges them at once.</summary>
    private bool CanMerge()
    {
        if (Plan.Keys.Count == 0)
            return true;
        if (!Spills.IsEmpty || _workers.Any(w => w.Blocks.Count > 0))
            return false;
        if (_workers.Count(w => w.Table.Groups > 0) <= 1)
            return true;
        var (rows, groups) = (_workers.Sum(w => w.Table.Rows), _workers.Sum(w => (long)w.Table.Groups));

        // Rows that are kept change hands as they are; otherwise each would be copied twice on its way through the partitions.
        return Plan.MergesRows ? rows <= FewGroups : groups <= Math.Max(FewGroups, Plan.KeepsRows ? rows / KeptRowsOfGroup : 0);
    }

    private void Merge()
    {
        // The largest first: it takes the others in.
        System.Array.Sort(_workers, (a, b) => b.Table.Groups.CompareTo(a.Table.Groups));
        var table = _workers[0].Table;
        foreach (var worker in _workers.Skip(1))
            table.Absorb(worker.Table);
    }

    /// <summary>Ranges of partitions, so many that tables fit the caches; on disk, the partitions of a bundle.</summary>
    private List<(int From, int To)> Tasks()
    {
        var size = GroupSpills.PartitionsInBundle;
        if (Spills.IsEmpty)
        {
            var rows = _workers.SelectMany(w => w.Blocks).Sum(b => (long)b.Batch.Length);
            var tasks = (int)Math.Clamp(rows / RowsOfTask, 4 * Context.Parallelism, KeyPartitions.Count);
            size = (KeyPartitions.Count + tasks - 1) / tasks;
        }

        var ranges = new List<(int, int)>();
        for (var from = 0; from < KeyPartitions.Count; from += size)
            ranges.Add((from, Math.Min(from + size, KeyPartitions.Count)));
        return ranges;
    }

    /// <summary>Brings the rows and states of some partitions together.</summary>
    private IEnumerable<RecordBatch> Fold((int From, int To) task)
    {
        using var below = new GroupFold(Plan, Context, Memory, Level + 1) { _groups = Groups * (task.To - task.From) / KeyPartitions.Count };
        var worker = new GroupWorker(below, Expected(task, below._groups));
        below._workers = [worker];
        foreach (var block in _workers.SelectMany(w => w.Blocks))
            worker.Add(block, task.From, task.To);

        if (!Spills.IsEmpty)
        {
            foreach (var block in Spills.Read(task.From / GroupSpills.PartitionsInBundle, Memory))
            {
                using (block)
                    worker.Add(block, 0, 1);
            }
        }

        foreach (var batch in below.Finish())
            yield return batch;
    }

    /// <summary>Groups a task's table gets room for at once: no more than there are rows and states, and than fit its part of the share.</summary>
    private int Expected((int From, int To) task, double groups)
    {
        var rows = _workers.SelectMany(w => w.Blocks).Sum(b => (long)(b.Bounds[task.To] - b.Bounds[task.From]));
        if (!Spills.IsEmpty)
            rows += Spills.RowsOf(task.From / GroupSpills.PartitionsInBundle);
        return (int)Math.Min(Math.Min(rows, groups), Memory.LimitBytes / (Context.Parallelism * BytesOfGroup));
    }

    /// <summary>The output of a fold with one worker.</summary>
    private IEnumerable<RecordBatch> Finish()
    {
        if (CanMerge())
            return OfTable(_workers[0].Table).SelectMany(read => read());
        _workers[0].Spill();
        return Tasks().SelectMany(Fold);
    }

    /// <summary>The output of a table, in pieces that can be made by different threads.</summary>
    private IEnumerable<Func<IEnumerable<RecordBatch>>> OfTable(GroupTable table)
    {
        table.Seal();
        var size = Context.BatchRows;
        if (Plan.KeepsRows)
            size = Math.Clamp(table.Groups / (PiecesOfThread * Context.Parallelism), 1, size);
        for (var start = 0; start < table.Groups; start += size)
        {
            var from = start;
            yield return () => [Output(table, from, Math.Min(size, table.Groups - from))];
        }
    }

    private RecordBatch Output(GroupTable table, int start, int count)
    {
        var batch = table.Build(start, count, Context.Allocator);
        Context.Rows.Add(Plan.Dropped, -batch.Length);
        if (Plan.Keys.Count == 0 && table.Rows == 0)
        {
            // The one group of no rows came from nowhere.
            Context.Rows.Add(Plan.Dropped, batch.Length);
            Context.Rows.Add(RowFlow.Padded, batch.Length);
        }

        return batch;
    }
}
