using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Makes columns of values that <see cref="CellJson"/> wrote.</summary>
internal static class SetAsideCells
{
    /// <summary>Whether values of a type can be read back.</summary>
    public static bool Supports(IArrowType type) => type switch
    {
        NullType or StringType or BinaryType or DurationType => true,
        ListType list => Supports(list.ValueDataType),
        StructType structure => structure.Fields.All(f => Supports(f.DataType)),
        DictionaryType or MapType => false,
        _ => Casts.CanCast(StringType.Default, type),
    };

    /// <summary>Makes a column.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="values">Its values; what is not there is null.</param>
    /// <param name="allocator">Where it is allocated.</param>
    /// <returns>The column, owned by the caller.</returns>
    /// <exception cref="FormatException">A value is not one of the type.</exception>
    public static IArrowArray Read(IArrowType type, IReadOnlyList<JsonElement> values, MemoryAllocator allocator) => type switch
    {
        StringType => Texts(values, allocator),
        BinaryType => Bytes(values, allocator),
        ListType list => Lists(list, values, allocator),
        StructType structure => Structs(structure, values, allocator),
        NullType => new NullArray(values.Count),
        DurationType duration => Durations(duration, values, allocator),
        _ => Plain(type, values, allocator),
    };

    private static bool IsNull(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static StringArray Texts(IReadOnlyList<JsonElement> values, MemoryAllocator allocator)
    {
        var builder = new StringArray.Builder();
        foreach (var value in values)
        {
            if (IsNull(value))
                builder.AppendNull();
            else
                builder.Append(TextOf(value));
        }

        return builder.Build(allocator);
    }

    private static IArrowArray Plain(IArrowType type, IReadOnlyList<JsonElement> values, MemoryAllocator allocator)
    {
        using var texts = Texts(values, allocator);
        return Casts.Cast(texts, type, allocator);
    }

    private static BinaryArray Bytes(IReadOnlyList<JsonElement> values, MemoryAllocator allocator)
    {
        var builder = new BinaryArray.Builder();
        foreach (var value in values)
        {
            if (IsNull(value))
                builder.AppendNull();
            else
                builder.Append(value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? bytes : throw Unfit(value, BinaryType.Default));
        }

        return builder.Build(allocator);
    }

    private static DurationArray Durations(DurationType type, IReadOnlyList<JsonElement> values, MemoryAllocator allocator)
    {
        var builder = new Int64Array.Builder();
        foreach (var value in values)
        {
            if (IsNull(value))
                builder.AppendNull();
            else
                builder.Append(UnitsOf(value, type));
        }

        using var counts = builder.Build(allocator);
        return new DurationArray(new ArrayData(type, counts.Length, counts.NullCount, 0, [.. counts.Data.Buffers.Select(b => b.Retain())]));
    }

    /// <summary>Reads <c>PT12.5S</c>, in which there are never any larger units.</summary>
    private static long UnitsOf(JsonElement value, DurationType type)
    {
        var text = TextOf(value).AsSpan();
        var isNegative = text.StartsWith("-");
        var number = text[(isNegative ? 1 : 0)..];
        if (!number.StartsWith("PT") || !number.EndsWith("S") || !decimal.TryParse(number[2..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            throw Unfit(value, type);
        var units = seconds * type.Unit switch
        {
            TimeUnit.Second => 1m,
            TimeUnit.Millisecond => 1_000m,
            TimeUnit.Microsecond => 1_000_000m,
            _ => 1_000_000_000m,
        };
        return (long)(isNegative ? -units : units);
    }

    private static ListArray Lists(ListType type, IReadOnlyList<JsonElement> values, MemoryAllocator allocator)
    {
        var (offsets, items, valid) = (new Int32Array.Builder(), new List<JsonElement>(), new ArrowBuffer.BitmapBuilder());
        offsets.Append(0);
        foreach (var value in values)
        {
            if (!IsNull(value) && value.ValueKind != JsonValueKind.Array)
                throw Unfit(value, type);
            valid.Append(!IsNull(value));
            items.AddRange(IsNull(value) ? [] : value.EnumerateArray());
            offsets.Append(items.Count);
        }

        using var ends = offsets.Build(allocator);
        var inner = Read(type.ValueDataType, items, allocator);
        return new ListArray(new ArrayData(type, values.Count, values.Count(IsNull), 0, [valid.Build(allocator), ends.Data.Buffers[1].Retain()], [inner.Data]));
    }

    private static StructArray Structs(StructType type, IReadOnlyList<JsonElement> values, MemoryAllocator allocator)
    {
        var valid = new ArrowBuffer.BitmapBuilder();
        foreach (var value in values)
        {
            if (!IsNull(value) && value.ValueKind != JsonValueKind.Object)
                throw Unfit(value, type);
            valid.Append(!IsNull(value));
        }

        var fields = new List<ArrayData>();
        foreach (var field in type.Fields)
            fields.Add(Read(field.DataType, [.. values.Select(v => !IsNull(v) && v.TryGetProperty(field.Name, out var part) ? part : default)], allocator).Data);
        return new StructArray(new ArrayData(type, values.Count, values.Count(IsNull), 0, [valid.Build(allocator)], fields));
    }

    private static FormatException Unfit(JsonElement value, IArrowType type) => new($"'{value}' is no value of type {ArrowTypes.NameOf(type)}");
}
