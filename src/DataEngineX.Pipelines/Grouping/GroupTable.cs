using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Groups with the state of each aggregate. Used by one thread until it is sealed.</summary>
internal sealed class GroupTable : IDisposable
{
    private readonly GroupPlan _plan;
    private readonly MemoryAllocator _allocator;
    private readonly KeyTable _keys;
    private readonly GroupedAccumulator[] _accumulators;

    /// <param name="plan">What is grouped by, and what is made of each group.</param>
    /// <param name="allocator">Where keys and states lie.</param>
    /// <param name="expected">Groups for which room is made at once.</param>
    public GroupTable(GroupPlan plan, MemoryAllocator allocator, int expected = 0)
    {
        _plan = plan;
        _allocator = allocator;
        _keys = new KeyTable(plan.KeyTypes, allocator, expected);
        _accumulators = new GroupedAccumulator[plan.Aggregates.Count];
        try
        {
            for (var i = 0; i < _accumulators.Length; i++)
            {
                _accumulators[i] = plan.Aggregates[i].Create(allocator);
                _accumulators[i].Reserve(expected);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Without keys all rows are one group, which is there also without rows.</summary>
    public int Groups => _plan.Keys.Count == 0 ? 1 : _keys.Count;

    public KeyTable Keys => _keys;

    /// <summary>Rows taken in, or values of lists that states hold.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes rows of a batch.</summary>
    public void Update(GroupRows rows, RowPlace first)
    {
        using var ids = new Rented<int>(rows.Length);
        if (_plan.Keys.Count == 0)
            ids.Span.Clear();
        else if (rows.Keys is [DictionaryArray coded])
            Map(coded, ids.Span);
        else
            _keys.Map(rows.Keys, ids.Span);
        Update(rows.Values, rows.Others, ids.Span, first);
    }

    /// <summary>Takes rows whose keys are packed; those keys belong to the rows from <paramref name="start"/> on.</summary>
    public void Update(in KeyChunk keys, IArrowArray?[] values, IArrowArray?[] others, int start, int count, RowPlace first)
    {
        using var ids = new Rented<int>(count);
        _keys.Map(keys, ids.Span);
        Rows += count;
        for (var i = 0; i < _accumulators.Length; i++)
        {
            using var value = Slice(values[i], start, count);
            using var other = Slice(others[i], start, count);
            _accumulators[i].Update(value, other, ids.Span, Groups, first);
        }
    }

    /// <summary>Takes states of groups from <paramref name="start"/> on.</summary>
    public void Import(in KeyChunk keys, IArrowArray?[] states, int start, int count)
    {
        using var ids = new Rented<int>(count);
        if (_plan.Keys.Count > 0)
            _keys.Map(keys, ids.Span);
        else
            ids.Span.Clear();
        Rows += count;
        for (var i = 0; i < _accumulators.Length; i++)
        {
            using var state = Slice(states[i], start, count)!;
            _accumulators[i].ImportState(state.Data, ids.Span, Groups);
        }
    }

    /// <summary>Takes all groups of another table over, whose states are spent then.</summary>
    public void Absorb(GroupTable other)
    {
        using var ids = new Rented<int>(other.Groups);
        if (_plan.Keys.Count == 0)
            ids.Span.Clear();
        else
            MapKeysOf(other, ids.Span);
        Rows += other.Rows;
        for (var i = 0; i < _accumulators.Length; i++)
            _accumulators[i].Absorb(other._accumulators[i], ids.Span, Groups);
    }

    /// <summary>The states of groups, one array an aggregate, owned by the caller.</summary>
    public IArrowArray[] ExportStates(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        var states = new IArrowArray[_accumulators.Length];
        try
        {
            for (var i = 0; i < states.Length; i++)
                states[i] = _accumulators[i].ExportState(groups, allocator);
            return states;
        }
        catch
        {
            foreach (var state in states)
                state?.Dispose();
            throw;
        }
    }

    /// <summary>Makes ready for building output.</summary>
    public void Seal()
    {
        foreach (var accumulator in _accumulators)
            accumulator.Seal(Groups);
    }

    /// <summary>The output rows of groups from <paramref name="start"/> on; several threads may ask.</summary>
    public RecordBatch Build(int start, int count, MemoryAllocator allocator)
    {
        var all = new IArrowArray[_plan.Keys.Count + _accumulators.Length];
        try
        {
            if (_plan.Keys.Count > 0)
                _keys.Build(start, count, allocator).CopyTo(all, 0);
            for (var i = 0; i < _accumulators.Length; i++)
                all[_plan.Keys.Count + i] = Build(i, start, count, allocator);
            return new RecordBatch(_plan.Schema, _plan.Columns.Select(c => all[c]), count);
        }
        catch
        {
            foreach (var array in all)
                array?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _keys.Dispose();
        foreach (var accumulator in _accumulators)
            accumulator?.Dispose();
    }

    /// <summary>Looks each value of a dictionary up once, and only values that a row has.</summary>
    private void Map(DictionaryArray coded, Span<int> ids)
    {
        using var values = Dictionaries.Number(coded, ids, _allocator);
        using var groups = new Rented<int>(values.Length);
        _keys.Map([values], groups.Span);
        foreach (ref var id in ids)
            id = groups.Span[id];
    }

    private void MapKeysOf(GroupTable other, Span<int> ids)
    {
        var texts = other._keys.Build(0, ids.Length, _allocator);
        try
        {
            _keys.Map(new KeyChunk(other._keys.Layout, other._keys.Keys, texts, 0), ids);
        }
        finally
        {
            foreach (var text in texts)
                text.Dispose();
        }
    }

    private void Update(IArrowArray?[] values, IArrowArray?[] others, ReadOnlySpan<int> ids, RowPlace first)
    {
        Rows += ids.Length;
        for (var i = 0; i < _accumulators.Length; i++)
            _accumulators[i].Update(values[i], others[i], ids, Groups, first);
    }

    private static IArrowArray? Slice(IArrowArray? array, int start, int count) =>
        array is null ? null : ArrowArrayFactory.BuildArray(array.Data.SliceShared(start, count));

    private IArrowArray Build(int aggregate, int start, int count, MemoryAllocator allocator)
    {
        try
        {
            return _accumulators[aggregate].Build(start, count, allocator);
        }
        catch (OverflowException e)
        {
            throw Faults.At("group_by", _plan.Aggregates[aggregate].Name, e);
        }
    }
}
