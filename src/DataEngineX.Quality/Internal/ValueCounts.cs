using System.Buffers;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>How often each value of one or more columns occurs.</summary>
internal sealed class ValueCounts : IDisposable
{
    private readonly IReadOnlyList<StoredColumn> _columns;
    private readonly MemoryAllocator _allocator;
    private readonly GroupIndex _index;
    private readonly PagedList<long> _counts;

    public ValueCounts(IReadOnlyList<StoredColumn> columns, MemoryAllocator allocator)
    {
        _columns = columns;
        _allocator = allocator;
        _index = new GroupIndex([.. columns.Select(c => c.Type)], allocator);
        _counts = new PagedList<long>(allocator);
    }

    /// <summary>The rows counted.</summary>
    public long Total { get; private set; }

    /// <summary>The different values.</summary>
    public int Distinct { get; private set; }

    /// <summary>Whether values of a column can be keys.</summary>
    public static bool Fits(StoredColumn column) =>
        column.Type is not NestedType && CellJson.Supports(column.Type) && column.Type.TypeId != ArrowTypeId.Decimal256;

    public void Add(RuleBatch batch, ReadOnlySpan<RowMark> marks)
    {
        var ids = ArrayPool<int>.Shared.Rent(Math.Max(1, marks.Length));
        try
        {
            var own = ids.AsSpan(0, marks.Length);
            _index.Map([.. _columns.Select(c => batch.Column(c.Ordinal))], own);
            _counts.Reserve(_index.Count);
            for (var i = 0; i < own.Length; i++)
            {
                // A missing value is a key of the index too; it stays at zero.
                if (marks[i] == RowMark.Skipped)
                    continue;
                ref var count = ref _counts[own[i]];
                Distinct += count == 0 ? 1 : 0;
                count++;
                Total++;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ids);
        }
    }

    /// <summary>The entropy of the frequencies in nats.</summary>
    public double Entropy()
    {
        var entropy = 0d;
        for (var i = 0; i < _index.Count; i++)
        {
            var share = _counts[i] / (double)Total;
            entropy -= share > 0 ? share * Math.Log(share) : 0;
        }

        return entropy;
    }

    /// <summary>The values in ascending order, each with its count.</summary>
    public List<ValueCount> ToList()
    {
        var keys = _index.BuildKeys(_allocator);
        try
        {
            var list = new List<ValueCount>(Distinct);
            foreach (var id in Sorting.Argsort([.. keys.Select(k => new SortKey(k))]))
            {
                if (_counts[id] > 0)
                    list.Add(new ValueCount(ValueKey.Of(keys[0], id, _columns[0]), CellText.Short(keys[0], id, RuleText.MaxSampleLength * 10).Json, _counts[id]));
            }

            return list;
        }
        finally
        {
            foreach (var key in keys)
                key.Dispose();
        }
    }

    public void Dispose()
    {
        _index.Dispose();
        _counts.Dispose();
    }
}
