using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>The bytes that the rows of a batch stand for: of a slice its share only.</summary>
internal static class BatchBytes
{
    public static long Of(RecordBatch batch)
    {
        var bytes = 0L;
        for (var i = 0; i < batch.ColumnCount; i++)
            bytes += Of(batch.Column(i).Data);
        return bytes;
    }

    private static long Of(ArrayData data) => data.DataType switch
    {
        FixedWidthType fixedWidth => ((long)data.Length * fixedWidth.BitWidth) / 8,
        StringType or BinaryType => (data.Length * 4L) + Span<int>(data),
        LargeStringType or LargeBinaryType => (data.Length * 8L) + Span<long>(data),
        ListType or MapType => (data.Length * 4L) + Share(data.Children[0], Span<int>(data)),
        StructType => data.Children.Sum(c => Share(c, data.Length)),
        _ => 0,
    };

    private static long Share(ArrayData child, long rows) => child.Length == 0 ? 0 : (long)(Of(child) * ((double)rows / child.Length));

    private static long Span<T>(ArrayData data)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        if (data.Length == 0)
            return 0;
        var offsets = MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span);
        return long.CreateTruncating(offsets[data.Offset + data.Length] - offsets[data.Offset]);
    }
}
