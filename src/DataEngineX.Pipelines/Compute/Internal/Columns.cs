using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Direct access to the memory of columns, adjusted to their offset.</summary>
internal static class Columns
{
    private static readonly int[] NoOffsets = [0];

    public static ReadOnlySpan<T> Values<T>(ArrayData data)
        where T : unmanaged =>
        data.Length == 0 ? [] : MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span).Slice(data.Offset, data.Length);

    /// <summary>Offsets of a variable-width or list column: one more than there are rows.</summary>
    public static ReadOnlySpan<int> Offsets(ArrayData data) =>
        data.Length == 0 ? NoOffsets : MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span).Slice(data.Offset, data.Length + 1);
}

/// <summary>A utf8 or binary column.</summary>
internal readonly ref struct BytesColumn
{
    public BytesColumn(ArrayData data)
    {
        Offsets = Columns.Offsets(data);
        Bytes = data.Buffers[2].Span;
        Validity = Bits.Validity(data);
    }

    public ReadOnlySpan<int> Offsets { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    public Bits Validity { get; }

    public ReadOnlySpan<byte> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int start = Offsets[index];
            return Bytes[start..Offsets[index + 1]];
        }
    }
}
