using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>A run of bits at any offset of a bitmap, or a run of equal bits where there is no bitmap.</summary>
internal readonly ref struct Bits
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _offset;
    private readonly ulong _fill;

    private Bits(ReadOnlySpan<byte> bytes, int offset, int length, ulong fill)
    {
        _bytes = bytes;
        _offset = offset;
        _fill = fill;
        Length = length;
    }

    public int Length { get; }

    /// <summary>Number of 64-bit words that hold the run.</summary>
    public int Words => WordsFor(Length);

    /// <summary>There is no bitmap and every bit is one: the column has no nulls.</summary>
    public bool AllSet => _bytes.IsEmpty && _fill != 0;

    public bool this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int bit = _offset + index;
            return _bytes.IsEmpty ? _fill != 0 : ((_bytes[bit >> 3] >> (bit & 7)) & 1) != 0;
        }
    }

    public static int WordsFor(int length) => (int)(((long)length + 63) >> 6);

    /// <summary>Validity of an array: one where there is a value.</summary>
    public static Bits Validity(ArrayData data)
    {
        if (data.DataType.TypeId == ArrowTypeId.Null)
        {
            return Zeros(data.Length);
        }

        return data.GetNullCount() == 0 || data.Buffers[0].IsEmpty
            ? Ones(data.Length)
            : new Bits(data.Buffers[0].Span, data.Offset, data.Length, 0);
    }

    /// <summary>Values of a boolean array.</summary>
    public static Bits Values(ArrayData data) => new(data.Buffers[1].Span, data.Offset, data.Length, 0);

    public static Bits Ones(int length) => new([], 0, length, ulong.MaxValue);

    public static Bits Zeros(int length) => new([], 0, length, 0);

    /// <summary>Bits of words that a kernel has written.</summary>
    public static Bits Of(ReadOnlySpan<ulong> words, int length) =>
        new(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words), 0, length, 0);

    /// <summary>The 64 bits from bit 64 × <paramref name="index"/> on; zero beyond the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(int index)
    {
        int start = index << 6;
        int left = Length - start;
        ulong mask = left >= 64 ? ulong.MaxValue : (1UL << left) - 1;
        return (_bytes.IsEmpty ? _fill : Load(_offset + start)) & mask;
    }

    public int CountSet()
    {
        if (_bytes.IsEmpty)
        {
            return _fill != 0 ? Length : 0;
        }

        int count = 0;
        for (int w = 0; w < Words; w++)
        {
            count += BitOperations.PopCount(Word(w));
        }

        return count;
    }

    private ulong Load(int bit)
    {
        ReadOnlySpan<byte> rest = _bytes[(bit >> 3)..];
        int shift = bit & 7;
        if (rest.Length > 8)
        {
            ulong low = BinaryPrimitives.ReadUInt64LittleEndian(rest) >> shift;
            return shift == 0 ? low : low | ((ulong)rest[8] << (64 - shift));
        }

        ulong value = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            value |= (ulong)rest[i] << (8 * i);
        }

        return value >> shift;
    }
}

/// <summary>The rows where a boolean array is true, which neither false nor null is.</summary>
internal readonly ref struct TrueBits(ArrayData data)
{
    private readonly Bits _values = Bits.Values(data);
    private readonly Bits _validity = Bits.Validity(data);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(int index) => _values.Word(index) & _validity.Word(index);
}
