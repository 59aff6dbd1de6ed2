using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The keys of which some row came, changed or went since the last run: what an incremental run by key computes anew. Held in memory.</summary>
internal sealed class AffectedKeys : IDisposable
{
    private readonly GroupIndex _index;
    private readonly KeyFilter?[] _filters;

    private AffectedKeys(GroupIndex index, RecordBatch keys)
    {
        _index = index;
        Keys = keys;
        _filters = [.. keys.Arrays.Select(FilterOf)];
    }

    /// <summary>A row for each key, in the columns of the target.</summary>
    public RecordBatch Keys { get; }

    /// <summary>Reads the changes of all incremental reads of a plan.</summary>
    /// <param name="root">The plan.</param>
    /// <param name="names">The columns of its output that hold the key.</param>
    /// <param name="context">Pinned versions and allocator of the run.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async ValueTask<AffectedKeys> ReadAsync(
        BoundNode root, IReadOnlyList<string> names, EngineContext context, CancellationToken cancellationToken)
    {
        var scans = PlanWalk.Nodes(root).OfType<BoundScan>().Where(s => s.Scan.IsIncremental).DistinctBy(s => (s.Scan.Source.Dataset, string.Join('\n', s.Scan.Key))).ToList();
        var index = new GroupIndex(scans[0].KeyTypes, context.Allocator);
        try
        {
            foreach (var scan in scans)
                await AddAsync(index, scan, context, cancellationToken).ConfigureAwait(false);
            var fields = names.Select(n => root.Schema.GetFieldByName(n)).Select(f => new Field(f.Name, f.DataType, nullable: true));
            return new AffectedKeys(index, new RecordBatch(new Schema(fields, null), index.BuildKeys(context.Allocator), index.Count));
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Keys.Dispose();
        _index.Dispose();
    }

    /// <summary>A condition that all rows of the keys satisfy, or null when none can be said.</summary>
    /// <param name="columns">The key columns of a source.</param>
    public Expr? ConditionOn(IReadOnlyList<string> columns)
    {
        Expr? condition = null;
        for (var i = 0; i < columns.Count; i++)
        {
            if (_filters[i]?.On(columns[i]) is not { } next)
                continue;
            if (Keys.Column(i).NullCount > 0)
                next |= new ColumnExpr(columns[i]).IsNull();
            condition = condition is null ? next : condition & next;
        }

        return condition;
    }

    /// <summary>The rows of a batch that have one of the keys; from several threads at once.</summary>
    /// <param name="batch">Taken.</param>
    /// <param name="columns">The ordinals of its key columns.</param>
    /// <param name="rows">Where the others are counted.</param>
    /// <param name="allocator">For what must be copied.</param>
    public IEnumerable<RecordBatch> Take(RecordBatch batch, int[] columns, RowAccount rows, MemoryAllocator allocator)
    {
        RecordBatch? kept;
        using (batch)
            kept = Kept(batch, columns, rows, allocator);
        if (kept is not null)
            yield return kept;
    }

    private RecordBatch? Kept(RecordBatch batch, int[] columns, RowAccount rows, MemoryAllocator allocator)
    {
        var ids = new int[batch.Length];
        _index.Find([.. columns.Select(batch.Column)], ids);
        var found = new List<int>(batch.Length);
        for (var row = 0; row < ids.Length; row++)
        {
            if (ids[row] >= 0)
                found.Add(row);
        }

        rows.Add(RowFlow.Filtered, batch.Length - found.Count);
        return found.Count == 0 ? null : found.Count == batch.Length ? batch.SliceShared(0, batch.Length) : Selection.Take(batch, [.. found], allocator);
    }

    private static async ValueTask AddAsync(GroupIndex index, BoundScan scan, EngineContext context, CancellationToken cancellationToken)
    {
        var input = context.InputOf(scan.Scan);
        if (!input.HasData)
            return;
        var request = new ScanRequest { Input = input, Schema = scan.KeySchema, Context = context };
        await foreach (var changed in scan.Scan.Source.ReadChangesAsync(request, cancellationToken).ConfigureAwait(false))
        {
            using var batch = PlainTypes.Take(changed, PlainTypes.Of(scan.KeySchema), context.Allocator);
            index.Map([.. batch.Arrays], new int[batch.Length]);
        }
    }

    private static KeyFilter? FilterOf(IArrowArray column) =>
        KeyFilter.HasOneFor(column.Data.DataType) ? KeyFilter.Of([ProbeKeys.Borrow(column)], 0) : null;
}
