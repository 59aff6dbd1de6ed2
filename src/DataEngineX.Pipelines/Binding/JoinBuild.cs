using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The right side of a join by key: for each key the rows that have it, in their order. A key with a null has no entry.</summary>
internal sealed class JoinBuild : IDisposable
{
    private readonly GroupIndex _index;
    private readonly OperatorContext _context;
    private readonly int[] _starts;
    private readonly int[] _rows;

    private JoinBuild(GroupIndex index, OperatorContext context, int[] starts, int[] rows)
    {
        _index = index;
        _context = context;
        _starts = starts;
        _rows = rows;
    }

    public static JoinBuild Create(RecordBatch right, IReadOnlyList<BoundExpression> keys, OperatorContext context)
    {
        var index = new GroupIndex([.. keys.Select(k => k.Type)], context.Allocator);
        try
        {
            var ids = new int[right.Length];
            WithKeys(right, keys, context, columns =>
            {
                index.Map(columns, ids);
                DropNullKeys(columns, ids);
            });
            var (starts, rows) = RowsByKey(ids, index.Count);
            return new JoinBuild(index, context, starts, rows);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The key number of each row, or -1 when no right row has its key.</summary>
    public void Find(RecordBatch batch, IReadOnlyList<BoundExpression> keys, Span<int> ids)
    {
        var columns = Evaluate(batch, keys, _context);
        try
        {
            _index.Find(columns, ids);
            DropNullKeys(columns, ids);
        }
        finally
        {
            DisposeAll(columns);
        }
    }

    public ReadOnlySpan<int> RowsOf(int id) => _rows.AsSpan(_starts[id], _starts[id + 1] - _starts[id]);

    public void Dispose() => _index.Dispose();

    /// <summary>Counting sort of rows by key number; stable, so partners come in the right side's order.</summary>
    private static (int[] Starts, int[] Rows) RowsByKey(int[] ids, int keys)
    {
        var starts = new int[keys + 1];
        foreach (var id in ids)
        {
            if (id >= 0)
                starts[id + 1]++;
        }

        for (var i = 0; i < keys; i++)
            starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, keys).ToArray();
        var rows = new int[starts[keys]];
        for (var row = 0; row < ids.Length; row++)
        {
            if (ids[row] >= 0)
                rows[next[ids[row]]++] = row;
        }

        return (starts, rows);
    }

    private static void DropNullKeys(IReadOnlyList<IArrowArray> columns, Span<int> ids)
    {
        foreach (var column in columns)
        {
            if (column.NullCount == 0)
                continue;
            for (var row = 0; row < ids.Length; row++)
            {
                if (column.IsNull(row))
                    ids[row] = -1;
            }
        }
    }

    private static void WithKeys(RecordBatch batch, IReadOnlyList<BoundExpression> keys, OperatorContext context, Action<IArrowArray[]> use)
    {
        var columns = Evaluate(batch, keys, context);
        try
        {
            use(columns);
        }
        finally
        {
            DisposeAll(columns);
        }
    }

    private static IArrowArray[] Evaluate(RecordBatch batch, IReadOnlyList<BoundExpression> keys, OperatorContext context)
    {
        var columns = new IArrowArray[keys.Count];
        try
        {
            for (var i = 0; i < columns.Length; i++)
                columns[i] = keys[i].Evaluate(batch, context.Parameters, context.Allocator);
            return columns;
        }
        catch
        {
            DisposeAll(columns);
            throw;
        }
    }

    private static void DisposeAll(IArrowArray[] columns)
    {
        foreach (var column in columns)
            column?.Dispose();
    }
}
