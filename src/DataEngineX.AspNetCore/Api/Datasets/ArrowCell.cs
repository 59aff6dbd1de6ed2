using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.AspNetCore;

/// <summary>One value of a column as JSON shows it.</summary>
internal static class ArrowCell
{
    private const int MaxTextLength = 4096;

    public static object? Read(IArrowArray array, int index) => array.IsNull(index) ? null : array switch
    {
        BooleanArray a => a.GetValue(index),
        Int8Array a => a.GetValue(index),
        Int16Array a => a.GetValue(index),
        Int32Array a => a.GetValue(index),
        Int64Array a => a.GetValue(index),
        UInt8Array a => a.GetValue(index),
        UInt16Array a => a.GetValue(index),
        UInt32Array a => a.GetValue(index),
        UInt64Array a => a.GetValue(index),
        HalfFloatArray a => Number((double)a.GetValue(index)!.Value),
        FloatArray a => a.GetValue(index) is { } single && float.IsFinite(single) ? single : Number(a.GetValue(index)!.Value),
        DoubleArray a => Number(a.GetValue(index)!.Value),
        Decimal128Array a => a.GetString(index),
        Decimal256Array a => a.GetString(index),
        StringArray a => Shorten(a.GetString(index)),
        LargeStringArray a => Shorten(a.GetString(index)),
        StringViewArray a => Shorten(a.GetString(index)),
        BinaryArray a => Shorten(Convert.ToBase64String(a.GetBytes(index))),
        Date32Array a => a.GetDateOnly(index)?.ToString("O", CultureInfo.InvariantCulture),
        Date64Array a => a.GetDateOnly(index)?.ToString("O", CultureInfo.InvariantCulture),
        TimestampArray a => Timestamp(a, index),
        Time32Array a => a.GetTime(index)?.ToString("O", CultureInfo.InvariantCulture),
        Time64Array a => a.GetTime(index)?.ToString("O", CultureInfo.InvariantCulture),
        DurationArray a => a.GetTimeSpan(index)?.ToString("c", CultureInfo.InvariantCulture),
        DictionaryArray a => Read(a.Dictionary, DictionaryIndex(a.Indices, index)),
        StructArray a => Struct(a, index),
        ListArray a => List(a, index),
        _ => $"({array.Data.DataType.Name})",
    };

    private static object Number(double value) => double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    private static string? Shorten(string? text) => text is { Length: > MaxTextLength } ? text[..MaxTextLength] + "…" : text;

    private static string? Timestamp(TimestampArray array, int index)
    {
        if (array.GetTimestamp(index) is not { } instant)
            return null;
        return ((TimestampType)array.Data.DataType).Timezone is null or ""
            ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
            : instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    private static int DictionaryIndex(IArrowArray indices, int index) => Convert.ToInt32(Read(indices, index), CultureInfo.InvariantCulture);

    private static Dictionary<string, object?> Struct(StructArray array, int index)
    {
        var fields = ((StructType)array.Data.DataType).Fields;
        var value = new Dictionary<string, object?>(fields.Count, StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
            value[fields[i].Name] = Read(array.Fields[i], index);
        return value;
    }

    private static List<object?> List(ListArray array, int index)
    {
        var start = array.ValueOffsets[index];
        var length = array.GetValueLength(index);
        var items = new List<object?>(length);
        for (var i = 0; i < length; i++)
            items.Add(Read(array.Values, start + i));
        return items;
    }
}
