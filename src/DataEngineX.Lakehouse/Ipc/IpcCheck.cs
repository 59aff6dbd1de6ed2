using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Scalars;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Ipc;

/// <summary>
/// Looks at what the library takes from a file as it is: lengths, offsets and indices. Kernels reach values by pointer and trust them, so that a
/// damaged file must not get past this.
/// </summary>
internal static class IpcCheck
{
    private const int ViewBytes = 16;

    /// <summary>What is wrong with a column of a batch of so many rows, or null when nothing is.</summary>
    public static string? Fault(ArrayData data, int rows) =>
        data.Length == rows ? Fault(data) : $"it has {data.Length} values where its batch has {rows} rows";

    private static string? Fault(ArrayData data)
    {
        if (data.Length < 0 || data.Offset < 0 || data.NullCount > data.Length)
            return "its length is impossible";
        return ValidityFault(data) ?? data.DataType switch
        {
            StringType or BinaryType => Offsets<int>(data, data.Buffers[2].Length),
            LargeStringType or LargeBinaryType => Offsets<long>(data, data.Buffers[2].Length),
            StringViewType or BinaryViewType => Views(data),
            ListType or MapType => Offsets<int>(data, data.Children[0].Length) ?? Fault(data.Children[0]),
            LargeListType => Offsets<long>(data, data.Children[0].Length) ?? Fault(data.Children[0]),
            FixedSizeListType list => Children(data, (data.Offset + (long)data.Length) * list.ListSize),
            StructType => Children(data, data.Offset + (long)data.Length),
            DictionaryType type => Indices(data, type) ?? Fault(data.Dictionary),
            FixedWidthType type => IsShort(data.Buffers[1], Bytes((data.Offset + (long)data.Length) * type.BitWidth)) ? "its values are too short" : null,
            _ => null,
        };
    }

    private static string? ValidityFault(ArrayData data)
    {
        if (data.DataType is NullType or UnionType)
            return null;
        if (data.Buffers[0].IsEmpty)
            return data.NullCount > 0 ? "it has nulls without saying where" : null;
        return IsShort(data.Buffers[0], Bytes(data.Offset + (long)data.Length)) ? "its validity is too short" : null;
    }

    private static long Bytes(long bits) => (bits + 7) / 8;

    private static bool IsShort(ArrowBuffer buffer, long bytes) => buffer.Length < bytes;

    private static string? Children(ArrayData data, long rows) =>
        data.Children.Any(c => c.Length < rows) ? "a part of it has too few rows" : data.Children.Select(c => Fault(c)).FirstOrDefault(f => f is not null);

    /// <summary>Offsets must not go back, and lie in what they point to.</summary>
    private static string? Offsets<T>(ArrayData data, long end)
        where T : unmanaged, IComparable<T>
    {
        if (data.Length == 0)
            return null;
        var all = MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span);
        if (all.Length < data.Offset + (long)data.Length + 1)
            return "its offsets are too short";
        var offsets = all.Slice(data.Offset, data.Length + 1);
        for (var i = 1; i < offsets.Length; i++)
        {
            if (offsets[i].CompareTo(offsets[i - 1]) < 0)
                return "its offsets go back";
        }

        return offsets[0].CompareTo(default) < 0 || Convert.ToInt64(offsets[^1], null) > end ? "its offsets point beyond its values" : null;
    }

    /// <summary>The indices of rows that are not null must lie in the dictionary.</summary>
    private static string? Indices(ArrayData data, DictionaryType type)
    {
        if (type.IndexType is not FixedWidthType width || IsShort(data.Buffers[1], Bytes((data.Offset + (long)data.Length) * width.BitWidth)))
            return "its indices are too short";
        return width.BitWidth switch
        {
            8 => Indices<byte>(data),
            16 => Indices<ushort>(data),
            32 => Indices<uint>(data),
            _ => Indices<ulong>(data),
        };
    }

    /// <summary>Seen as unsigned, so that a negative index lies beyond the dictionary too.</summary>
    private static string? Indices<T>(ArrayData data)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var indices = MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span).Slice(data.Offset, data.Length);
        var valid = data.Buffers[0].IsEmpty ? default : data.Buffers[0].Span;
        for (var i = 0; i < indices.Length; i++)
        {
            if (ulong.CreateTruncating(indices[i]) >= (ulong)data.Dictionary.Length && (valid.IsEmpty || BitUtility.GetBit(valid, data.Offset + i)))
                return "an index lies beyond its dictionary";
        }

        return null;
    }

    private static string? Views(ArrayData data)
    {
        if (IsShort(data.Buffers[1], (data.Offset + (long)data.Length) * ViewBytes))
            return "its values are too short";
        var views = MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span).Slice(data.Offset * 4, data.Length * 4);
        for (var i = 0; i < views.Length; i += 4)
        {
            var (length, buffer, start) = (views[i], views[i + 2], views[i + 3]);
            if (length < 0 || (length > BinaryView.MaxInlineLength
                && ((uint)buffer >= data.Buffers.Length - 2 || start < 0 || data.Buffers[buffer + 2].Length - (long)start < length)))
            {
                return "a value lies beyond its buffers";
            }
        }

        return null;
    }
}
