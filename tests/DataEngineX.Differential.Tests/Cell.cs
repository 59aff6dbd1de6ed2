using System.Globalization;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Differential.Tests;

/// <summary>Values of both engines in one form: null, long, double, string or bool; dates are days.</summary>
internal static class Cell
{
    public static object? Of(IArrowArray array, int row)
    {
        if (array.IsNull(row))
            return null;
        return array switch
        {
            Int32Array a => (long)a.Values[row],
            Int64Array a => a.Values[row],
            DoubleArray a => a.Values[row],
            StringArray a => a.GetString(row),
            BooleanArray a => a.GetValue(row),
            Date32Array a => (long)a.Values[row],
            DictionaryArray a => Of(a.Dictionary, (int)(long)Of(a.Indices, row)!),
            Int8Array a => (long)a.Values[row],
            Int16Array a => (long)a.Values[row],
            UInt8Array a => (long)a.Values[row],
            UInt16Array a => (long)a.Values[row],
            _ => throw new NotSupportedException(array.Data.DataType.Name),
        };
    }

    public static object? Of(object? value) => value switch
    {
        null or DBNull => null,
        int v => (long)v,
        BigInteger v => (long)v,
        DateOnly v => (long)(v.DayNumber - RandomColumn.Epoch.DayNumber),
        DateTime v => (long)(DateOnly.FromDateTime(v).DayNumber - RandomColumn.Epoch.DayNumber),
        _ => value,
    };

    /// <summary>A text to sort rows by and to show; computed doubles that differ in their last digits have the same.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        double v => (v == 0 ? 0 : v).ToString("G9", CultureInfo.InvariantCulture),
        string v => $"'{v}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a.Equals(b) || Math.Abs(a - b) <= KnownDifferences.Tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b))),
        _ => Equals(left, right),
    };
}
