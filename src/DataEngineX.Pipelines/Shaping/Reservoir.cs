using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// The rows with the least numbers drawn so far, in their order: which they are does not depend on how rows come in. Some more than wanted are
/// held, so that the many are looked at together; a row above the greatest number wanted is never copied.
/// </summary>
internal sealed class Reservoir(int rows, OperatorContext context) : IDisposable
{
    private const int Slack = 1 << 14;

    private readonly Chance _chance = new(context.Parameters.Seed);
    private readonly List<RecordBatch> _held = [];
    private ulong[] _numbers = [];
    private ulong _most = ulong.MaxValue;
    private int _count;
    private long _position;

    /// <summary>Looks at the rows of a batch, which is borrowed.</summary>
    public void Add(RecordBatch batch)
    {
        using var picked = new Rented<int>(batch.Length);
        var count = rows == 0 ? 0 : Pick(picked.Span);
        context.Rows.Add(RowFlow.Filtered, batch.Length - count);
        _position += batch.Length;
        if (count == 0)
            return;
        _held.Add(Selection.Take(batch, picked.Span[..count], context.Allocator));
        _count += count;
        if (_count >= rows + Math.Max(Slack, (long)rows))
            Shrink();
    }

    /// <summary>The rows drawn, owned by the caller; null when there are none.</summary>
    public RecordBatch? TakeAll()
    {
        Shrink();
        if (_held.Count == 0)
            return null;
        var all = Concatenation.Concat(_held, context.Allocator);
        Dispose();
        return all;
    }

    public void Dispose()
    {
        foreach (var batch in _held)
            batch.Dispose();
        _held.Clear();
    }

    private int Pick(Span<int> picked)
    {
        if (_numbers.Length < _count + picked.Length)
            System.Array.Resize(ref _numbers, Math.Max(_count + picked.Length, 2 * _numbers.Length));
        var numbers = _numbers.AsSpan(_count);
        var count = 0;
        for (var row = 0; row < picked.Length; row++)
        {
            var number = _chance.At(_position + row);
            picked[count] = row;
            numbers[count] = number;
            count += number <= _most ? 1 : 0;
        }

        return count;
    }

    private void Shrink()
    {
        if (_count <= rows)
            return;
        var places = new int[_count];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        var numbers = _numbers.AsSpan(0, _count).ToArray();
        System.Array.Sort(numbers, places);
        _most = numbers[rows - 1];
        var kept = places.AsSpan(0, rows);
        kept.Sort();
        RecordBatch least;
        using (var all = Concatenation.Concat(_held, context.Allocator))
            least = Selection.Take(all, kept, context.Allocator);
        Dispose();
        _held.Add(least);
        for (var i = 0; i < kept.Length; i++)
            _numbers[i] = _numbers[kept[i]];
        context.Rows.Add(RowFlow.Filtered, _count - rows);
        _count = rows;
    }
}
