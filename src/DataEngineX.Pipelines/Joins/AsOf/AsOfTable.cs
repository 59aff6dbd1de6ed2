using System.Numerics;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// The right side of an as-of join: a table over the keys leads to the first row of a group, and the rows of a group stand together in the order of
/// their times, equal times in the order of the rows. A left row finds its partner by binary search.
/// </summary>
internal sealed class AsOfTable<T> : JoinTable
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly AsOfRule _rule;
    private readonly AsOfKeys? _keys;
    private readonly OutputBuffer<AsOfGroup> _groups;
    private OutputBuffer<T>? _times;
    private OutputBuffer<int>? _rows;
    private OutputBuffer<int>? _heads;

    /// <param name="rule">Which row is taken.</param>
    /// <param name="all">The evaluated keys, the time last.</param>
    /// <param name="keys">The table over the keys but the time; null where there are none. Taken.</param>
    /// <param name="memory">Where it is allocated.</param>
    public AsOfTable(AsOfRule rule, BuildKeys all, AsOfKeys? keys, MemoryAllocator memory)
        : base(all, memory)
    {
        _rule = rule;
        _keys = keys;
        _groups = new OutputBuffer<AsOfGroup>(memory, all.AddressRange, clear: true);
        try
        {
            _heads = new OutputBuffer<int>(memory, all.AddressRange);
            _heads.Span.Fill(-1);
        }
        catch
        {
            _groups.Dispose();
            throw;
        }
    }

    /// <summary>Groups are filled by the chunk of their first row.</summary>
    public override int Ranges => Keys.Chunks.Count;

    /// <summary>First step, chunks at once: finds the group of each row.</summary>
    public void FindGroups(int chunk)
    {
        var rows = Keys.Chunks[chunk];
        var heads = _heads!.Span.Slice(chunk << Keys.Shift, rows.Length);
        FindHeads(rows, heads);
        rows.DropNulls(heads);
    }

    /// <summary>Second step: puts the rows of a group together.</summary>
    public void Place()
    {
        var heads = _heads!.Span;
        var groups = _groups.Span;
        foreach (var head in heads)
        {
            if (head >= 0)
                groups[head].Length++;
        }

        var rows = 0;
        foreach (ref var group in groups)
        {
            group.Start = rows;
            rows += group.Length;
            group.Length = 0;
        }

        _times = new OutputBuffer<T>(Memory, rows);
        _rows = new OutputBuffer<int>(Memory, rows);
        for (var chunk = 0; chunk < Keys.Chunks.Count; chunk++)
            Place(chunk, heads, groups);
        _heads.Dispose();
        _heads = null;
    }

    /// <summary>Third step, chunks at once: orders the groups whose first row is in a chunk.</summary>
    public override bool Fill(int range)
    {
        var times = _times!.Span;
        var rows = _rows!.Span;
        foreach (ref readonly var group in _groups.Span.Slice(range << Keys.Shift, Keys.Chunks[range].Length))
        {
            if (group.Length > 1)
                Order(times.Slice(group.Start, group.Length), rows.Slice(group.Start, group.Length));
        }

        return true;
    }

    protected override void FindAll(ProbeKeys probe, Span<int> heads)
    {
        FindHeads(probe, heads);
        var groups = _groups.Span;
        var times = _times!.Span;
        var rows = _rows!.Span;
        var wanted = Columns.Values<T>(probe.Columns[^1].Data);
        for (var row = 0; row < heads.Length; row++)
        {
            if (heads[row] < 0)
                continue;
            ref readonly var group = ref groups[heads[row]];
            var at = Pick(times.Slice(group.Start, group.Length), wanted[row]);
            heads[row] = at < 0 ? -1 : rows[group.Start + at];
        }
    }

    protected override void Release()
    {
        _keys?.Dispose();
        _groups.Dispose();
        _heads?.Dispose();
        _times?.Dispose();
        _rows?.Dispose();
    }

    private void FindHeads(ProbeKeys probe, Span<int> heads)
    {
        if (_keys is null)
            heads.Clear();
        else
            _keys.Table.Find(probe.Leading(probe.Columns.Length - 1), heads);
    }

    private void Place(int chunk, ReadOnlySpan<int> heads, Span<AsOfGroup> groups)
    {
        var times = _times!.Span;
        var rows = _rows!.Span;
        var source = Columns.Values<T>(Keys.Chunks[chunk].Columns[^1].Data);
        var first = chunk << Keys.Shift;
        for (var row = 0; row < source.Length; row++)
        {
            var head = heads[first + row];
            if (head < 0)
                continue;
            ref var group = ref groups[head];
            var at = group.Start + group.Length++;
            times[at] = source[row];
            rows[at] = first + row;
        }
    }

    private static void Order(Span<T> times, Span<int> rows)
    {
        var isOrdered = true;
        for (var i = 1; isOrdered && i < times.Length; i++)
            isOrdered = times[i - 1] <= times[i];
        if (isOrdered)
            return;
        times.Sort(rows);

        // That sort does not keep the order of equal times, and rows ascend.
        for (var start = 0; start < times.Length;)
        {
            var end = start + 1;
            while (end < times.Length && times[end] == times[start])
                end++;
            if (end - start > 1)
                rows[start..end].Sort();
            start = end;
        }
    }

    /// <summary>The place of the partner in its group, or -1.</summary>
    private int Pick(ReadOnlySpan<T> times, T time)
    {
        var at = _rule.Direction switch
        {
            AsOfDirection.Backward => Before(times, time),
            AsOfDirection.Forward => After(times, time),
            _ => Nearest(times, time),
        };
        return at >= 0 && _rule.Measure.IsWithin(times[at], time) ? at : -1;
    }

    private int Before(ReadOnlySpan<T> times, T time) => Bound(times, time, _rule.AllowsExact) - 1;

    /// <summary>Of several rows of the next time, the last.</summary>
    private int After(ReadOnlySpan<T> times, T time)
    {
        var first = Bound(times, time, !_rule.AllowsExact);
        if (first == times.Length)
            return -1;
        var next = times[first];
        return first + 1 == times.Length || times[first + 1] != next ? first : first + Bound(times[first..], next, orEqual: true) - 1;
    }

    private int Nearest(ReadOnlySpan<T> times, T time)
    {
        var (before, after) = (Before(times, time), After(times, time));
        if (before < 0 || after < 0)
            return Math.Max(before, after);
        return _rule.Measure.IsLaterNearer(time, times[before], times[after]) ? after : before;
    }

    /// <summary>How many times are before one, or not after it.</summary>
    private static int Bound(ReadOnlySpan<T> times, T time, bool orEqual)
    {
        var (start, length) = (0, times.Length);
        while (length > 0)
        {
            var half = length >> 1;
            var middle = times[start + half];
            var isBefore = orEqual ? middle <= time : middle < time;
            start = isBefore ? start + half + 1 : start;
            length = isBefore ? length - half - 1 : half;
        }

        return start;
    }
}
