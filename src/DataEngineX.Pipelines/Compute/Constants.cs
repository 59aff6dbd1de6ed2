using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Columns that hold one literal in every row.</summary>
[Experimental("DEX0001")]
public static class Constants
{
    /// <summary>Makes a column of one value.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="value">
    /// A CLR value of the type (number, <see cref="string"/>, <see cref="bool"/>, <see cref="DateOnly"/>, <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="decimal"/>, bytes), or null for a column of nulls.
    /// </param>
    /// <param name="length">Number of rows.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>The column, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The value is not one of the type.</exception>
    /// <exception cref="NotSupportedException">There are no literals of the type.</exception>
    public static IArrowArray Create(IArrowType type, object? value, int length, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return value is null ? Nulls(type, length, allocator) : PhysicalTypes.Of(type) switch
        {
            Physical.Bit => Booleans(Literals.Boolean(value, type), length, allocator),
            Physical.Variable => Variable(type, Literals.Bytes(value, type), length, allocator),
            _ => PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                nameof(Constants), type, new FixedAction { Type = type, Value = value, Length = length, Allocator = allocator }),
        };
    }

    /// <summary>Makes a column of nulls.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="length">Number of rows.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>The column, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The type is not supported.</exception>
    public static IArrowArray Nulls(IArrowType type, int length, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (type.TypeId == ArrowTypeId.Null)
        {
            return new NullArray(length);
        }

        using OutputBuffer<ulong> validity = Validity.Empty(length, allocator);
        switch (PhysicalTypes.Of(type))
        {
            case Physical.Bit:
                using (OutputBuffer<ulong> values = Validity.Empty(length, allocator))
                {
                    return Assemble.Boolean(length, validity, values);
                }

            case Physical.Variable:
                using (var offsets = new OutputBuffer<int>(allocator, length + 1, clear: true))
                using (var bytes = new OutputBuffer<byte>(allocator, 0))
                {
                    return Assemble.Variable(type, length, validity, offsets, bytes);
                }

            case Physical.List:
                using (var offsets = new OutputBuffer<int>(allocator, length + 1, clear: true))
                {
                    ArrayData items = Nulls(ItemType(type), 0, allocator).Data;
                    ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
                    return ArrowArrayFactory.BuildArray(new ArrayData(type, length, nulls, 0, [bitmap, offsets.Build()], [items]));
                }

            case Physical.Struct:
                return NullStruct((StructType)type, length, validity, allocator);
            case Physical.Dictionary:
                return NullDictionary((DictionaryType)type, length, allocator);
            default:
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    nameof(Constants), type, new FixedAction { Type = type, Length = length, Allocator = allocator });
        }
    }

    /// <summary>What a list holds; a map is a list of its pairs.</summary>
    private static IArrowType ItemType(IArrowType type) =>
        type is MapType map ? new StructType([map.KeyField, map.ValueField]) : ((ListType)type).ValueDataType;

    private static StructArray NullStruct(StructType type, int length, OutputBuffer<ulong> validity, MemoryAllocator allocator)
    {
        var children = new ArrayData[type.Fields.Count];
        for (int c = 0; c < children.Length; c++)
        {
            children[c] = Nulls(type.Fields[c].DataType, length, allocator).Data;
        }

        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return new StructArray(new ArrayData(type, length, nulls, 0, [bitmap], children));
    }

    private static DictionaryArray NullDictionary(DictionaryType type, int length, MemoryAllocator allocator)
    {
        ArrayData indices = Nulls(type.IndexType, length, allocator).Data;
        ArrayData values = Nulls(type.ValueType, 0, allocator).Data;
        return new DictionaryArray(new ArrayData(type, length, indices.NullCount, 0, indices.Buffers, null, values));
    }

    private static BooleanArray Booleans(bool value, int length, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<ulong>(allocator, Bits.WordsFor(length));
        Validity.CopyTo(value ? Bits.Ones(length) : Bits.Zeros(length), values.Span);
        return Assemble.Boolean(length, null, values);
    }

    private static IArrowArray Variable(IArrowType type, ReadOnlySpan<byte> value, int length, MemoryAllocator allocator)
    {
        long total = (long)value.Length * length;
        if (total > int.MaxValue)
        {
            throw new OverflowException($"The constant column takes {total} bytes, above Arrow's 2 GiB limit; use smaller batches.");
        }

        using var offsets = new OutputBuffer<int>(allocator, length + 1);
        using var bytes = new OutputBuffer<byte>(allocator, (int)total);
        Span<int> starts = offsets.Span;
        Span<byte> target = bytes.Span;
        for (int i = 0; i < length; i++)
        {
            starts[i] = i * value.Length;
            value.CopyTo(target[starts[i]..]);
        }

        starts[length] = (int)total;
        return Assemble.Variable(type, length, null, offsets, bytes);
    }

    private struct FixedAction : IFixedAction<IArrowArray>
    {
        public required IArrowType Type;
        public object? Value;
        public required int Length;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            T value = Value is null ? T.Zero : Literals.Fixed<T>(Value, Type);
            using OutputBuffer<ulong>? validity = Value is null ? Validity.Empty(Length, Allocator) : null;
            using var values = new OutputBuffer<T>(Allocator, Length);
            values.Span.Fill(value);
            return Assemble.Fixed(Type, Length, validity, values);
        }
    }
}
