using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Tests.Support;

/// <summary>Makes Arrow arrays from plain values, with garbage under the nulls and an offset where asked.</summary>
internal static class Arrays
{
    public static IArrowArray Of(IArrowType type, IReadOnlyList<object?> values) => type.TypeId switch
    {
        ArrowTypeId.Int8 => Fill<sbyte, Int8Array, Int8Array.Builder>(new(), values),
        ArrowTypeId.UInt8 => Fill<byte, UInt8Array, UInt8Array.Builder>(new(), values),
        ArrowTypeId.Int16 => Fill<short, Int16Array, Int16Array.Builder>(new(), values),
        ArrowTypeId.UInt16 => Fill<ushort, UInt16Array, UInt16Array.Builder>(new(), values),
        ArrowTypeId.Int32 => Fill<int, Int32Array, Int32Array.Builder>(new(), values),
        ArrowTypeId.UInt32 => Fill<uint, UInt32Array, UInt32Array.Builder>(new(), values),
        ArrowTypeId.Int64 => Fill<long, Int64Array, Int64Array.Builder>(new(), values),
        ArrowTypeId.UInt64 => Fill<ulong, UInt64Array, UInt64Array.Builder>(new(), values),
        ArrowTypeId.Float => Fill<float, FloatArray, FloatArray.Builder>(new(), values),
        ArrowTypeId.Double => Fill<double, DoubleArray, DoubleArray.Builder>(new(), values),
        ArrowTypeId.Boolean => Booleans(values),
        ArrowTypeId.String => Texts(values),
        ArrowTypeId.Date32 => Dates(values),
        ArrowTypeId.Timestamp => Timestamps((TimestampType)type, values),
        ArrowTypeId.Dictionary => Dictionary(values),
        ArrowTypeId.FixedSizeList => Vectors((FixedSizeListType)type, values),
        _ => throw new NotSupportedException(type.Name),
    };

    /// <summary>The array as a window into a longer one, so that its offset is not 0.</summary>
    public static IArrowArray Windowed(IArrowType type, IReadOnlyList<object?> values)
    {
        object?[] longer = [.. values.Take(1), null, null, .. values, .. values.Take(1)];
        var before = longer.Length - values.Count - Math.Min(1, values.Count);
        return ArrowArrayFactory.Slice(Of(type, longer), before, values.Count);
    }

    private static TArray Fill<T, TArray, TBuilder>(TBuilder builder, IReadOnlyList<object?> values)
        where T : struct
        where TArray : IArrowArray
        where TBuilder : PrimitiveArrayBuilder<T, TArray, TBuilder>
    {
        foreach (var value in values)
            _ = value is null ? builder.AppendNull() : builder.Append((T)value);
        return builder.Build(default);
    }

    private static BooleanArray Booleans(IReadOnlyList<object?> values)
    {
        var builder = new BooleanArray.Builder();
        foreach (var value in values)
            _ = value is null ? builder.AppendNull() : builder.Append((bool)value);
        return builder.Build();
    }

    private static StringArray Texts(IReadOnlyList<object?> values)
    {
        var builder = new StringArray.Builder();
        foreach (var value in values)
            builder.Append((string?)value);
        return builder.Build();
    }

    private static Date32Array Dates(IReadOnlyList<object?> values)
    {
        var builder = new Date32Array.Builder();
        foreach (var value in values)
            _ = value is null ? builder.AppendNull() : builder.Append((DateTime)value);
        return builder.Build();
    }

    private static TimestampArray Timestamps(TimestampType type, IReadOnlyList<object?> values)
    {
        var builder = new TimestampArray.Builder(type);
        foreach (var value in values)
            _ = value is null ? builder.AppendNull() : builder.Append(new DateTimeOffset((DateTime)value));
        return builder.Build();
    }

    private static DictionaryArray Dictionary(IReadOnlyList<object?> values)
    {
        var words = values.OfType<string>().Distinct().Reverse().ToList();
        var indices = new Int8Array.Builder();
        foreach (var value in values)
            _ = value is null ? indices.AppendNull() : indices.Append((sbyte)words.IndexOf((string)value));
        return new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), indices.Build(), Texts(words));
    }

    private static FixedSizeListArray Vectors(FixedSizeListType type, IReadOnlyList<object?> values)
    {
        var items = new FloatArray.Builder();
        var valid = new ArrowBuffer.BitmapBuilder();
        var nulls = 0;
        foreach (var value in values)
        {
            valid.Append(value is not null);
            nulls += value is null ? 1 : 0;
            foreach (var item in (float?[]?)value ?? [.. Enumerable.Repeat<float?>(99f, type.ListSize)])
                _ = item is { } number ? items.Append(number) : items.AppendNull();
        }

        return new FixedSizeListArray(type, values.Count, items.Build(), valid.Build(), nulls);
    }
}
