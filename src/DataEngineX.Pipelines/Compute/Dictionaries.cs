using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Turns dictionary-encoded columns into plain ones, which the other kernels work on.</summary>
[Experimental("DEX0001")]
public static class Dictionaries
{
    /// <summary>Writes out the values of a dictionary column.</summary>
    /// <param name="array">A column, borrowed; one that is not a dictionary column is shared as it is.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the dictionary's value type, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The indices are not integers of at most 32 bits.</exception>
    public static IArrowArray Decode(IArrowArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        ArrayData data = array.Data;
        if (data.DataType is not DictionaryType type)
        {
            return Assemble.Share(array);
        }

        using var rented = new Rented<int>(data.Length);
        Span<int> indices = rented.Span;
        Bits validity = Bits.Validity(data);
        switch (type.IndexType.TypeId)
        {
            case ArrowTypeId.Int32:
                Read<int>(data, validity, indices);
                break;
            case ArrowTypeId.Int16:
                Read<short>(data, validity, indices);
                break;
            case ArrowTypeId.Int8:
                Read<sbyte>(data, validity, indices);
                break;
            case ArrowTypeId.UInt16:
                Read<ushort>(data, validity, indices);
                break;
            case ArrowTypeId.UInt8:
                Read<byte>(data, validity, indices);
                break;
            default:
                throw Guard.Unsupported(nameof(Decode), type);
        }

        return Gather.Run(nameof(Decode), data.Dictionary, indices, allocator);
    }

    private static void Read<T>(ArrayData data, Bits validity, Span<int> indices)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = validity[i] ? int.CreateTruncating(source[i]) : -1;
        }
    }
}
