using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Aggregates frames in constant time a row, whatever their length: a frame is a front, of which all suffixes are merged ahead, and a back,
/// merged as rows arrive. Nothing is subtracted, so errors do not add up and a NaN or an infinity leaves with its row.
/// </summary>
internal sealed class FrameFold<T, TState, TResult, TOp>(IArrowType output) : FrameAggregate
    where T : unmanaged, INumber<T>
    where TState : unmanaged
    where TResult : unmanaged
    where TOp : struct, IFrameOp<T, TState, TResult>
{
    private readonly List<FramePart<TState>> _pieces = [];
    private FramePart<TState> _head;
    private FramePart<TState> _total;

    public override IArrowArray Run(
        ArrayData values, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int minRows, int pieces, MemoryAllocator allocator)
    {
        using var bitmap = Validity.Empty(from.Length, allocator);
        using var target = new OutputBuffer<TResult>(allocator, from.Length, clear: true);
        using var suffixes = new OutputBuffer<FramePart<TState>>(allocator, 64);
        var valid = bitmap.Span;
        var result = target.Span;
        var column = Columns.Values<T>(values);
        var validity = Bits.Validity(values);
        var tail = pieces >= 0 && pieces < _pieces.Count ? _pieces[pieces] : default;
        var front = suffixes.Span;
        var back = _head;
        var start = 0;
        var split = 0;
        var added = 0;
        for (var i = 0; i < result.Length; i++)
        {
            var first = from[i];
            if (first >= added && first > 0)
            {
                split = added = first;
                back = default;
            }

            Extend(ref back, column, validity, added, to[i]);
            added = Math.Max(added, to[i]);
            if (first > split)
            {
                if (added - first > front.Length)
                {
                    suffixes.Resize(added - first);
                    front = suffixes.Span;
                }

                MergeBack(column, validity, front, first, added);
                start = first;
                split = added;
                back = default;
            }

            var part = first < split ? Merge(front[first - start], back) : back;
            part = Merge(part, tail);
            if (part.Count >= minRows && part.Count > 0 && TOp.Finish(part.State, part.Count, out result[i]))
                Validity.Set(valid, i);
        }

        return Assemble.Fixed(output, result.Length, bitmap, target);
    }

    public override void GiveUp(ArrayData values) =>
        Extend(ref _head, Columns.Values<T>(values), Bits.Validity(values), 0, values.Length);

    public override void AddPiece(ArrayData values)
    {
        FramePart<TState> piece = default;
        Extend(ref piece, Columns.Values<T>(values), Bits.Validity(values), 0, values.Length);
        Extend(ref _total, Columns.Values<T>(values), Bits.Validity(values), 0, values.Length);
        _pieces.Add(piece);
    }

    public override void EndPieces()
    {
        for (var p = _pieces.Count - 2; p >= 0; p--)
            _pieces[p] = Merge(_pieces[p], _pieces[p + 1]);
    }

    public override IArrowArray Total(int length, int minRows, MemoryAllocator allocator)
    {
        using var bitmap = Validity.Empty(length, allocator);
        using var target = new OutputBuffer<TResult>(allocator, length, clear: true);
        if (_total.Count >= minRows && _total.Count > 0 && TOp.Finish(_total.State, _total.Count, out var result))
        {
            target.Span.Fill(result);
            for (var i = 0; i < length; i++)
                Validity.Set(bitmap.Span, i);
        }

        return Assemble.Fixed(output, length, bitmap, target);
    }

    private static void Extend(ref FramePart<TState> part, ReadOnlySpan<T> values, Bits validity, int begin, int end)
    {
        var all = validity.AllSet;
        for (var i = begin; i < end; i++)
        {
            if (all || validity[i])
                part = Merge(part, One(values[i]));
        }
    }

    /// <summary>Merges rows from the end, which is not included, back to the beginning; the first part is of the beginning.</summary>
    private static void MergeBack(ReadOnlySpan<T> values, Bits validity, Span<FramePart<TState>> suffixes, int begin, int end)
    {
        FramePart<TState> suffix = default;
        for (var i = end - 1; i >= begin; i--)
        {
            if (validity[i])
                suffix = Merge(One(values[i]), suffix);
            suffixes[i - begin] = suffix;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FramePart<TState> One(T value) => new() { Count = 1, State = TOp.Of(value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FramePart<TState> Merge(FramePart<TState> left, FramePart<TState> right) => left.Count == 0
        ? right
        : right.Count == 0 ? left : new FramePart<TState> { Count = left.Count + right.Count, State = TOp.Merge(left.State, right.State) };
}
