using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Turns dictionary-encoded columns into plain ones, which the other kernels work on.</summary>
[Experimental("DEX0001")]
public static class Dictionaries
{
    /// <summary>Columns with the types of the values in place of dictionaries.</summary>
    /// <param name="schema">The columns.</param>
    /// <returns>The same object when no column has a dictionary.</returns>
    public static Schema Decode(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (!schema.FieldsList.Any(f => f.DataType is DictionaryType))
            return schema;
        var plain = schema.FieldsList.Select(f => f.DataType is DictionaryType d ? new Field(f.Name, d.ValueType, f.IsNullable, f.Metadata) : f);
        return new Schema(plain, schema.Metadata);
    }

    /// <summary>Writes out the values of all dictionary columns of a batch.</summary>
    /// <param name="batch">The batch, borrowed; its other columns are shared as they are.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A batch of as many rows, owned by the caller.</returns>
    public static RecordBatch Decode(RecordBatch batch, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(allocator);
        using var columns = new BatchColumns(batch.ColumnCount);
        for (int c = 0; c < batch.ColumnCount; c++)
        {
            columns[c] = Decode(batch.Column(c), allocator);
        }

        return columns.Build(Decode(batch.Schema), batch.Length);
    }

    /// <summary>Writes out the values of a dictionary column.</summary>
    /// <param name="array">A column, borrowed; one that is not a dictionary column is shared as it is.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the dictionary's value type, owned by the caller.</returns>
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
        Indices(data, rented.Span);
        return Gather.Run(nameof(Decode), data.Dictionary, rented.Span, allocator);
    }

    /// <summary>The index of one row that is not null, for readers of single values.</summary>
    internal static int Index(DictionaryArray array, int row) => array.Indices switch
    {
        Int32Array a => a.Values[row],
        Int16Array a => a.Values[row],
        Int8Array a => a.Values[row],
        Int64Array a => (int)a.Values[row],
        UInt32Array a => (int)a.Values[row],
        UInt16Array a => a.Values[row],
        UInt8Array a => a.Values[row],
        UInt64Array a => (int)a.Values[row],
        _ => throw Guard.Unsupported(nameof(Index), array.Data.DataType),
    };

    /// <summary>The same rows over other values, one for each of the old ones, with int32 indices.</summary>
    internal static DictionaryArray WithValues(IArrowArray array, IArrowArray values, MemoryAllocator allocator)
    {
        ArrayData data = array.Data;
        var type = new DictionaryType(Int32Type.Default, values.Data.DataType, false);
        ArrayData dictionary = values.Data.Retain();
        if (((DictionaryType)data.DataType).IndexType.TypeId == ArrowTypeId.Int32)
        {
            ArrayData shared = new ArrayData(Int32Type.Default, data.Length, data.NullCount, data.Offset, data.Buffers).Retain();
            return new DictionaryArray(
                new ArrayData(type, shared.Length, shared.NullCount, shared.Offset, shared.Buffers, null, dictionary));
        }

        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
        using var indices = new OutputBuffer<int>(allocator, data.Length);
        Indices(data, indices.Span);
        indices.Span.Replace(-1, 0);
        ArrowBuffer bitmap = Validity.Build(validity, data.Length, out int nulls);
        return new DictionaryArray(new ArrayData(type, data.Length, nulls, 0, [bitmap, indices.Build()], null, dictionary));
    }

    /// <summary>Numbers the values that occur from 0 in order of first appearance; null is a value.</summary>
    /// <param name="array">A dictionary column, borrowed.</param>
    /// <param name="numbers">Gets the number of every row's value.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>The value of each number, written out.</returns>
    internal static IArrowArray Number(DictionaryArray array, Span<int> numbers, MemoryAllocator allocator)
    {
        ArrayData data = array.Data;
        int count = data.Dictionary.Length;
        using var numberRoom = new Rented<int>(count + 1);
        using var seenRoom = new Rented<int>(count + 1);

        // Null is index -1, so its number stands first.
        Span<int> numberOf = numberRoom.Span;
        Span<int> seen = seenRoom.Span;
        numberOf.Fill(-1);
        Indices(data, numbers);
        int found = 0;
        foreach (ref int row in numbers)
        {
            ref int number = ref numberOf[row + 1];
            if (number < 0)
            {
                seen[found] = row;
                number = found++;
            }

            row = number;
        }

        return Gather.Run(nameof(Number), data.Dictionary, seen[..found], allocator);
    }

    /// <summary>A dictionary column in which every row has a value of its own.</summary>
    internal static DictionaryArray OfRows(IArrowArray rows, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(rows.Data), allocator);
        using var indices = new OutputBuffer<int>(allocator, rows.Length);
        Span<int> target = indices.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = i;
        }

        ArrowBuffer bitmap = Validity.Build(validity, rows.Length, out int nulls);
        return new DictionaryArray(new ArrayData(
            new DictionaryType(Int32Type.Default, rows.Data.DataType, false), rows.Length, nulls, 0, [bitmap, indices.Build()], null, rows.Data.Retain()));
    }

    /// <summary>The index of every row, -1 for null.</summary>
    private static void Indices(ArrayData data, Span<int> indices)
    {
        Bits validity = Bits.Validity(data);
        switch (((DictionaryType)data.DataType).IndexType.TypeId)
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
            case ArrowTypeId.Int64:
                Read<long>(data, validity, indices);
                break;
            case ArrowTypeId.UInt32:
                Read<uint>(data, validity, indices);
                break;
            case ArrowTypeId.UInt16:
                Read<ushort>(data, validity, indices);
                break;
            case ArrowTypeId.UInt8:
                Read<byte>(data, validity, indices);
                break;
            case ArrowTypeId.UInt64:
                Read<ulong>(data, validity, indices);
                break;
            default:
                throw Guard.Unsupported(nameof(Decode), data.DataType);
        }
    }

    private static void Read<T>(ArrayData data, Bits validity, Span<int> indices)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        if (validity.AllSet)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                indices[i] = int.CreateTruncating(source[i]);
            }

            return;
        }

        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = validity[i] ? int.CreateTruncating(source[i]) : -1;
        }
    }
}
