using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// The layouts the kernels know: utf8, binary and list with 32-bit offsets, dictionaries with 32-bit indices. Other layouts of the same values become these where a source is
/// scanned, so that nothing after it meets them. Bytes are shared where they lie one after another, and only offsets are written.
/// </summary>
internal static class PlainTypes
{
    /// <summary>The type with the layouts the kernels know; the same instance where it has them.</summary>
    public static IArrowType Of(IArrowType type)
    {
        switch (type)
        {
            case LargeStringType or StringViewType:
                return StringType.Default;
            case LargeBinaryType or BinaryViewType or FixedSizeBinaryType when type.TypeId is not (ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256):
                return BinaryType.Default;
            case LargeListType list:
                return new ListType(Of(list.ValueField));
            case FixedSizeListType list:
                return new ListType(Of(list.ValueField));
            case ListType list:
                return ReferenceEquals(Of(list.ValueField), list.ValueField) ? list : new ListType(Of(list.ValueField));
            case DictionaryType dictionary:
                return dictionary.IndexType.TypeId == ArrowTypeId.Int32 && ReferenceEquals(Of(dictionary.ValueType), dictionary.ValueType) ? dictionary
                    : new DictionaryType(Int32Type.Default, Of(dictionary.ValueType), false);
            case StructType structure:
                Field[] fields = [.. structure.Fields.Select(Of)];
                return fields.SequenceEqual(structure.Fields, ReferenceEqualityComparer.Instance) ? structure : new StructType(fields);
            default:
                return type;
        }
    }

    public static Schema Of(Schema schema)
    {
        Field[] fields = [.. schema.FieldsList.Select(Of)];
        return fields.SequenceEqual(schema.FieldsList, ReferenceEqualityComparer.Instance) ? schema : new Schema(fields, schema.Metadata);
    }

    /// <summary>The batch in those layouts; takes ownership of it.</summary>
    public static RecordBatch Take(RecordBatch batch, Schema schema, MemoryAllocator allocator)
    {
        using (batch)
        {
            using var columns = new BatchColumns(batch.ColumnCount);
            for (int c = 0; c < batch.ColumnCount; c++)
            {
                columns[c] = ArrowArrayFactory.BuildArray(Convert(batch.Column(c).Data, allocator));
            }

            return columns.Build(schema, batch.Length);
        }
    }

    private static Field Of(Field field)
    {
        IArrowType type = Of(field.DataType);
        return ReferenceEquals(type, field.DataType) ? field : new Field(field.Name, type, field.IsNullable, field.Metadata);
    }

    /// <summary>The column in those layouts, owned by the caller; shared where it has them.</summary>
    private static ArrayData Convert(ArrayData data, MemoryAllocator allocator)
    {
        IArrowType plain = Of(data.DataType);
        switch (data.DataType)
        {
            case LargeStringType or LargeBinaryType:
                return Large(data, plain, data.Buffers[2].Retain(), allocator);
            case StringViewType or BinaryViewType:
                return Views(data, plain, allocator);
            case FixedSizeBinaryType bytes when plain is BinaryType:
                return Assembled(data, plain, Steps(data, bytes.ByteWidth, allocator), [data.Buffers[1].Retain()], null, allocator);
            case LargeListType:
                return LargeList(data, plain, allocator);
            case FixedSizeListType list:
                return Assembled(data, plain, Steps(data, list.ListSize, allocator), [], Convert(data.Children[0], allocator), allocator);
            case ListType when !ReferenceEquals(plain, data.DataType):
                return Rebuilt(data, plain, [Convert(data.Children[0], allocator)]);
            case StructType when !ReferenceEquals(plain, data.DataType):
                return Rebuilt(data, plain, [.. data.Children.Select(c => Convert(c, allocator))]);
            case DictionaryType when !ReferenceEquals(plain, data.DataType):
                return Dictionary(data, allocator);
            default:
                return data.Retain();
        }
    }

    private static ArrayData Rebuilt(ArrayData data, IArrowType plain, ArrayData[] children)
    {
        ArrayData own = new ArrayData(data.DataType, data.Length, data.NullCount, data.Offset, data.Buffers).Retain();
        return new ArrayData(plain, own.Length, own.NullCount, own.Offset, own.Buffers, children);
    }

    /// <summary>Indices of 32 bits, so that dictionaries can be put one after another whatever their lengths.</summary>
    private static ArrayData Dictionary(ArrayData data, MemoryAllocator allocator)
    {
        using IArrowArray values = ArrowArrayFactory.BuildArray(Convert(data.Dictionary, allocator));
        using IArrowArray own = ArrowArrayFactory.BuildArray(data.Retain());
        return Dictionaries.WithValues(own, values, allocator).Data;
    }

    private static ArrayData Large(ArrayData data, IArrowType plain, ArrowBuffer bytes, MemoryAllocator allocator) =>
        Assembled(data, plain, Narrow(data, allocator), [bytes], null, allocator);

    private static ArrayData LargeList(ArrayData data, IArrowType plain, MemoryAllocator allocator) =>
        Assembled(data, plain, Narrow(data, allocator), [], Convert(data.Children[0], allocator), allocator);

    private static ArrayData Assembled(
        ArrayData data, IArrowType plain, OutputBuffer<int> offsets, ArrowBuffer[] bytes, ArrayData? child, MemoryAllocator allocator)
    {
        using (offsets)
        {
            using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
            ArrowBuffer bitmap = Validity.Build(validity, data.Length, out int nulls);
            return new ArrayData(plain, data.Length, nulls, 0, [bitmap, offsets.Build(), .. bytes], child is null ? null : [child]);
        }
    }

    /// <summary>64-bit offsets as 32-bit ones.</summary>
    private static OutputBuffer<int> Narrow(ArrayData data, MemoryAllocator allocator)
    {
        var offsets = new OutputBuffer<int>(allocator, data.Length + 1);
        if (data.Length == 0)
        {
            offsets.Span[0] = 0;
            return offsets;
        }

        ReadOnlySpan<long> source = MemoryMarshal.Cast<byte, long>(data.Buffers[1].Span).Slice(data.Offset, data.Length + 1);
        Span<int> target = offsets.Span;
        if (source[^1] > int.MaxValue)
        {
            offsets.Dispose();
            throw new OverflowException($"A column's values take {source[^1]} bytes or elements, above Arrow's limit of 2^31; use smaller batches.");
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (int)source[i];
        }

        return offsets;
    }

    /// <summary>Offsets of values of one size.</summary>
    private static OutputBuffer<int> Steps(ArrayData data, int size, MemoryAllocator allocator)
    {
        var offsets = new OutputBuffer<int>(allocator, data.Length + 1);
        Span<int> target = offsets.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = checked((data.Offset + i) * size);
        }

        return offsets;
    }

    private static ArrayData Views(ArrayData data, IArrowType plain, MemoryAllocator allocator)
    {
        var source = new BinaryViewArray(new ArrayData(BinaryViewType.Default, data.Length, data.NullCount, data.Offset, data.Buffers));
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
        Bits valid = Bits.Validity(data);
        var writer = new BytesWriter(data.Length, data.Length * sizeof(ulong), allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (valid[i])
                {
                    writer.Write(source.GetBytes(i));
                }

                writer.EndRow();
            }

            return writer.Build(plain, validity).Data;
        }
        finally
        {
            writer.Dispose();
        }
    }
}
