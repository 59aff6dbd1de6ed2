using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Counts the values of frames that are not null, of any type.</summary>
internal sealed class FrameCount : FrameAggregate
{
    private readonly List<long> _pieces = [];
    private long _head;
    private long _total;

    public override IArrowArray Run(
        ArrayData values, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int minRows, int pieces, MemoryAllocator allocator)
    {
        using var target = new OutputBuffer<long>(allocator, from.Length);
        var result = target.Span;
        var validity = Bits.Validity(values);
        var count = _head + (pieces >= 0 && pieces < _pieces.Count ? _pieces[pieces] : 0);
        var added = from.Length == 0 ? 0 : from[0];
        var removed = added;
        for (var i = 0; i < result.Length; i++)
        {
            for (; added < to[i]; added++)
                count += validity[added] ? 1 : 0;
            for (; removed < from[i]; removed++)
                count -= validity[removed] ? 1 : 0;
            result[i] = count;
        }

        return Assemble.Fixed(Int64Type.Default, result.Length, null, target);
    }

    public override void GiveUp(ArrayData values) => _head += CountOf(values);

    public override void AddPiece(ArrayData values)
    {
        var count = CountOf(values);
        _total += count;
        _pieces.Add(count);
    }

    public override void EndPieces()
    {
        for (var p = _pieces.Count - 2; p >= 0; p--)
            _pieces[p] += _pieces[p + 1];
    }

    public override IArrowArray Total(int length, int minRows, MemoryAllocator allocator)
    {
        using var target = new OutputBuffer<long>(allocator, length);
        target.Span.Fill(_total);
        return Assemble.Fixed(Int64Type.Default, length, null, target);
    }

    private static long CountOf(ArrayData values) => Bits.Validity(values).CountSet();
}
