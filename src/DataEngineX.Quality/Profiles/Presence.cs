using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Which rows of a column have a value.</summary>
internal readonly ref struct Presence
{
    private readonly ReadOnlySpan<byte> _bits;
    private readonly int _offset;
    private readonly int _length;

    public Presence(IArrowArray column)
    {
        _length = column.Length;
        _offset = column.Offset;
        Nulls = column is NullArray ? column.Length : column.NullCount;
        _bits = Nulls == 0 || column is NullArray ? [] : column.Data.Buffers[0].Span;
    }

    public int Nulls { get; }

    public bool this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bits.IsEmpty ? Nulls == 0 : ((_bits[(_offset + row) >> 3] >> ((_offset + row) & 7)) & 1) != 0;
    }

    /// <summary>The first and the last row with a value; -1 when there is none.</summary>
    public (int First, int Last) Ends()
    {
        if (Nulls == _length)
            return (-1, -1);
        int first = 0, last = _length - 1;
        while (!this[first])
            first++;
        while (!this[last])
            last--;
        return (first, last);
    }

    /// <summary>The rows without a value from row 64 × <paramref name="index"/> on, as bits.</summary>
    public ulong Missing(int index)
    {
        var start = index * 64;
        var mask = _length - start >= 64 ? ulong.MaxValue : (1UL << (_length - start)) - 1;
        if (_bits.IsEmpty)
            return Nulls == 0 ? 0 : mask;
        var rest = _bits[((_offset + start) >> 3)..];
        var shift = (_offset + start) & 7;
        ulong word = 0;
        if (rest.Length > 8)
        {
            word = BinaryPrimitives.ReadUInt64LittleEndian(rest) >> shift;
            if (shift != 0)
                word |= (ulong)rest[8] << (64 - shift);
        }
        else
        {
            for (var i = 0; i < rest.Length; i++)
                word |= (ulong)rest[i] << (8 * i);
            word >>= shift;
        }

        return ~word & mask;
    }

    public static int CountOf(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
            count += BitOperations.PopCount(word);
        return count;
    }
}
