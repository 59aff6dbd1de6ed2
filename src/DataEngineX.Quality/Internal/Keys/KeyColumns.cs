using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality;

/// <summary>Columns from the bytes of keys.</summary>
internal static class KeyColumns
{
    /// <summary>A column of values.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="values">The bytes of each value as <see cref="KeyEncoder"/> writes them; null for a null.</param>
    public static IArrowArray Build(IArrowType type, IReadOnlyList<byte[]?> values)
    {
        if (type is NullType)
            return new NullArray(values.Count);
        var validity = new byte[(values.Count + 7) / 8];
        for (var i = 0; i < values.Count; i++)
            validity[i >> 3] |= (byte)(values[i] is null ? 0 : 1 << (i & 7));
        var nulls = values.Count(v => v is null);
        var bits = nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(validity);
        var width = KeyEncoder.WidthOf(type);
        ArrowBuffer[] buffers = width < 0 ? [bits, .. Texts(values)]
            : type is BooleanType ? [bits, Flags(values)]
            : [bits, new ArrowBuffer(Wide(values, width))];
        return ArrowArrayFactory.BuildArray(new ArrayData(type, values.Count, nulls, 0, buffers));
    }

    private static ArrowBuffer[] Texts(IReadOnlyList<byte[]?> values)
    {
        var offsets = new byte[(values.Count + 1) * sizeof(int)];
        var end = 0;
        for (var i = 0; i < values.Count; i++)
        {
            end = checked(end + (values[i]?.Length ?? 0));
            BitConverter.TryWriteBytes(offsets.AsSpan((i + 1) * sizeof(int)), end);
        }

        var bytes = new byte[end];
        var start = 0;
        foreach (var value in values)
        {
            value?.CopyTo(bytes, start);
            start += value?.Length ?? 0;
        }

        return [new ArrowBuffer(offsets), new ArrowBuffer(bytes)];
    }

    private static ArrowBuffer Flags(IReadOnlyList<byte[]?> values)
    {
        var bits = new byte[(values.Count + 7) / 8];
        for (var i = 0; i < values.Count; i++)
            bits[i >> 3] |= (byte)(values[i] is [1] ? 1 << (i & 7) : 0);
        return new ArrowBuffer(bits);
    }

    private static byte[] Wide(IReadOnlyList<byte[]?> values, int width)
    {
        var bytes = new byte[values.Count * width];
        for (var i = 0; i < values.Count; i++)
            values[i]?.CopyTo(bytes, i * width);
        return bytes;
    }
}
