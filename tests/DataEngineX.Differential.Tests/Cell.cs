using System.Collections;
using System.Globalization;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Differential.Tests;

/// <summary>
/// Values of both engines in one form: null, decimal for numbers that are exact, double, string or bool. Days, and microseconds of times, are
/// numbers; binary, lists and structs are texts.
/// </summary>
internal static class Cell
{
    private const long TicksAtEpoch = 621_355_968_000_000_000;

    public static object? Of(IArrowArray array, int row)
    {
        if (array.IsNull(row))
            return null;
        return array switch
        {
            Int8Array a => (decimal)a.Values[row],
            Int16Array a => (decimal)a.Values[row],
            Int32Array a => (decimal)a.Values[row],
            Int64Array a => (decimal)a.Values[row],
            UInt8Array a => (decimal)a.Values[row],
            UInt16Array a => (decimal)a.Values[row],
            UInt32Array a => (decimal)a.Values[row],
            UInt64Array a => (decimal)a.Values[row],
            FloatArray a => (double)a.Values[row],
            DoubleArray a => a.Values[row],
            Decimal128Array a => a.GetValue(row),
            StringArray a => a.GetString(row),
            BinaryArray a => $"0x{Convert.ToHexString(a.GetBytes(row))}",
            BooleanArray a => a.GetValue(row),
            Date32Array a => (decimal)a.Values[row],
            Time64Array a => (decimal)a.Values[row],
            TimestampArray a => (decimal)a.Values[row],
            DurationArray a => (decimal)a.Values[row],
            DictionaryArray a => Of(a.Dictionary, (int)(decimal)Of(a.Indices, row)!),
            ListArray a => $"[{string.Join(", ", Elements(a, row).Select(Show))}]",
            StructArray a => $"{{{string.Join(", ", a.Fields.Select(f => Show(Of(f, row))))}}}",
            _ => throw new NotSupportedException(array.Data.DataType.Name),
        };
    }

    public static object? Of(object? value) => value switch
    {
        null or DBNull => null,
        double or string or bool or decimal => value,
        float v => (double)v,
        BigInteger v => (decimal)v,
        DateOnly v => (decimal)(v.DayNumber - RandomColumn.Epoch.DayNumber),
        TimeOnly v => Micros(v.Ticks),
        DateTime v => Micros(v.Ticks - TicksAtEpoch),
        DateTimeOffset v => Micros(v.UtcTicks - TicksAtEpoch),
        TimeSpan v => Micros(v.Ticks),
        Stream v => $"0x{Convert.ToHexString(ReadAll(v))}",
        IDictionary v => $"{{{string.Join(", ", v.Values.Cast<object?>().Select(x => Show(Of(x))))}}}",
        IEnumerable v => $"[{string.Join(", ", v.Cast<object?>().Select(x => Show(Of(x))))}]",
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A text to sort rows by and to show; computed doubles that differ in their last digits have the same.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        double v => (v == 0 ? 0 : v).ToString("G9", CultureInfo.InvariantCulture),
        decimal v => (v == 0 ? 0 : v).ToString("G29", CultureInfo.InvariantCulture),
        string v => $"'{v}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a.Equals(b) || Math.Abs(a - b) <= KnownDifferences.Tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b))),
        _ => Equals(left, right),
    };

    private static IEnumerable<object?> Elements(ListArray list, int row)
    {
        var start = list.ValueOffsets[row];
        return Enumerable.Range(start, list.ValueOffsets[row + 1] - start).Select(i => Of(list.Values, i));
    }

    private static object Micros(long ticks) => (decimal)(ticks / TimeSpan.TicksPerMicrosecond);

    private static byte[] ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
