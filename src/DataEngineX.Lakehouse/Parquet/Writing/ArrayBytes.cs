using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>The bytes that rows of an array stand for; what a slice shares with others is not its own.</summary>
internal static class ArrayBytes
{
    internal static long Of(ArrayData data, int start, int length) => data.DataType switch
    {
        FixedWidthType type => (long)length * type.BitWidth / 8,
        StringType or BinaryType => Texts(MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span), data.Offset + start, length),
        _ => (long)(All(data) * ((double)length / Math.Max(1, data.Length))),
    };

    private static long Texts(ReadOnlySpan<int> offsets, int start, int length) =>
        offsets.IsEmpty ? 0 : ((long)length * sizeof(int)) + offsets[start + length] - offsets[start];

    private static long All(ArrayData data)
    {
        long bytes = 0;
        foreach (var buffer in data.Buffers)
            bytes += buffer.Length;
        foreach (var child in data.Children ?? [])
            bytes += All(child);
        return bytes;
    }
}
