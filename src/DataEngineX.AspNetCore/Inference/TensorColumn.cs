using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.AspNetCore;

/// <summary>Makes the column a model asks for from a tensor. Values change their type only where nothing is lost.</summary>
internal static class TensorColumn
{
    public static IArrowArray Build(RequestTensor tensor, Field field, MemoryAllocator allocator) => field.DataType switch
    {
        BooleanType => Fill(new BooleanArray.Builder(), tensor, field, ReadBool, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator),
        Int8Type => Integers<sbyte, Int8Array, Int8Array.Builder>(new Int8Array.Builder(), tensor, field, allocator),
        Int16Type => Integers<short, Int16Array, Int16Array.Builder>(new Int16Array.Builder(), tensor, field, allocator),
        Int32Type => Integers<int, Int32Array, Int32Array.Builder>(new Int32Array.Builder(), tensor, field, allocator),
        Int64Type => Integers<long, Int64Array, Int64Array.Builder>(new Int64Array.Builder(), tensor, field, allocator),
        UInt8Type => Integers<byte, UInt8Array, UInt8Array.Builder>(new UInt8Array.Builder(), tensor, field, allocator),
        UInt16Type => Integers<ushort, UInt16Array, UInt16Array.Builder>(new UInt16Array.Builder(), tensor, field, allocator),
        UInt32Type => Integers<uint, UInt32Array, UInt32Array.Builder>(new UInt32Array.Builder(), tensor, field, allocator),
        UInt64Type => Integers<ulong, UInt64Array, UInt64Array.Builder>(new UInt64Array.Builder(), tensor, field, allocator),
        FloatType => Fill(new FloatArray.Builder(), tensor, field, ReadFloat, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator),
        DoubleType => Fill(new DoubleArray.Builder(), tensor, field, ReadDouble, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator),
        StringType => Fill(new StringArray.Builder(), tensor, field, ReadString, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator),
        Date32Type => Fill(new Date32Array.Builder(), tensor, field, ReadDate, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator),
        TimestampType t => Fill(new TimestampArray.Builder(t), tensor, field, ReadInstant, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator),
        _ => throw new DataEngineXException($"Input '{field.Name}' is {ArrowTypes.NameOf(field.DataType)}, which cannot be sent as JSON."),
    };

    private static TArray Integers<T, TArray, TBuilder>(
        PrimitiveArrayBuilder<T, TArray, TBuilder> builder, RequestTensor tensor, Field field, MemoryAllocator allocator)
        where T : struct, INumber<T>, IMinMaxValue<T>
        where TArray : IArrowArray
        where TBuilder : class, IArrowArrayBuilder<TArray> =>
        Fill(builder, tensor, field, ReadInteger<T>, (b, v) => b.Append(v), b => b.AppendNull()).Build(allocator);

    private static TBuilder Fill<TBuilder, T>(
        TBuilder builder, RequestTensor tensor, Field field, Func<JsonElement, string, T?> read, Action<TBuilder, T> append, Action<TBuilder> appendNull)
        where T : notnull
    {
        for (var i = 0; i < tensor.Values.Count; i++)
        {
            var value = tensor.Values[i];
            if (value.ValueKind == JsonValueKind.Null)
                appendNull(builder);
            else if (TryRead(read, value, tensor.Datatype, out var typed))
                append(builder, typed!);
            else
                throw ApiException.Invalid("inputs", Message(tensor, field, i, value));
        }

        return builder;
    }

    private static bool TryRead<T>(Func<JsonElement, string, T?> read, JsonElement value, string datatype, out T? typed)
    {
        typed = default;
        try
        {
            typed = read(value, datatype);
            return typed is not null;
        }
        catch (NoLosslessValueException)
        {
            return false;
        }
    }

    private static string Message(RequestTensor tensor, Field field, int index, JsonElement value)
    {
        var text = value.GetRawText();
        return $"Input '{tensor.Name}', value {index}: {(text.Length > 64 ? text[..64] + "…" : text)} as {tensor.Datatype} "
            + $"is not a value of {Datatypes.Of(field.DataType)} ({ArrowTypes.NameOf(field.DataType)}).";
    }

    private static T Fail<T>() => throw new NoLosslessValueException();

    private static bool ReadBool(JsonElement value, string datatype) => datatype == "BOOL" && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : Fail<bool>();

    private static T ReadInteger<T>(JsonElement value, string datatype)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (datatype.StartsWith("FP", StringComparison.Ordinal))
        {
            var real = ReadDouble(value, datatype);
            return double.IsInteger(real) && double.Abs(real) <= 1L << 53 && InRange<T>((decimal)real) ? T.CreateChecked(real) : Fail<T>();
        }

        return InRange<T>(ReadWhole(value, datatype)) ? T.CreateChecked(ReadWhole(value, datatype)) : Fail<T>();
    }

    private static bool InRange<T>(decimal whole)
        where T : struct, INumber<T>, IMinMaxValue<T> => whole >= decimal.CreateChecked(T.MinValue) && whole <= decimal.CreateChecked(T.MaxValue);

    // A whole number of the datatype the caller names, held to that datatype's own range.
    private static decimal ReadWhole(JsonElement value, string datatype)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return Fail<decimal>();
        return datatype switch
        {
            "INT8" => value.TryGetSByte(out var v) ? v : Fail<decimal>(),
            "INT16" => value.TryGetInt16(out var v) ? v : Fail<decimal>(),
            "INT32" => value.TryGetInt32(out var v) ? v : Fail<decimal>(),
            "INT64" => value.TryGetInt64(out var v) ? v : Fail<decimal>(),
            "UINT8" => value.TryGetByte(out var v) ? v : Fail<decimal>(),
            "UINT16" => value.TryGetUInt16(out var v) ? v : Fail<decimal>(),
            "UINT32" => value.TryGetUInt32(out var v) ? v : Fail<decimal>(),
            "UINT64" => value.TryGetUInt64(out var v) ? v : Fail<decimal>(),
            _ => Fail<decimal>(),
        };
    }

    private static double ReadDouble(JsonElement value, string datatype)
    {
        if (datatype is "FP32" or "FP64")
        {
            if (value.ValueKind != JsonValueKind.Number)
                return Fail<double>();
            var real = datatype == "FP32" ? value.TryGetSingle(out var single) ? single : double.NaN : value.GetDouble();
            return double.IsFinite(real) ? real : Fail<double>();
        }

        var whole = ReadWhole(value, datatype);
        return decimal.Abs(whole) <= 1L << 53 ? (double)whole : Fail<double>();
    }

    private static float ReadFloat(JsonElement value, string datatype)
    {
        var real = ReadDouble(value, datatype);
        return (float)real == real ? (float)real : Fail<float>();
    }

    private static string ReadString(JsonElement value, string datatype) => datatype == Datatypes.Bytes && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : Fail<string>();

    private static DateTime ReadDate(JsonElement value, string datatype) =>
        DateOnly.TryParseExact(ReadString(value, datatype), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
            : Fail<DateTime>();

    private static DateTimeOffset ReadInstant(JsonElement value, string datatype) =>
        datatype == Datatypes.Bytes && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant)
            ? instant
            : Fail<DateTimeOffset>();

    private sealed class NoLosslessValueException : Exception;
}
