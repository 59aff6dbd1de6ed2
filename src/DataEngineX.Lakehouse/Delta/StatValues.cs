using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Bounds of a column in one comparable form: integers, days and microseconds as <see cref="long"/>, floating-point numbers as
/// <see cref="double"/>, decimals as unscaled <see cref="Int128"/>, texts as <see cref="string"/>. Null means: not known.
/// </summary>
internal static class StatValues
{
    private const long CutMicros = 999;

    /// <summary>Orders two values of the same form; texts by their UTF-8 bytes.</summary>
    internal static int Compare(object left, object right) => (left, right) switch
    {
        (long l, long r) => l.CompareTo(r),
        (double l, double r) => l.CompareTo(r),
        (Int128 l, Int128 r) => l.CompareTo(r),
        (string l, string r) => Encoding.UTF8.GetBytes(l).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(r)),
        _ => throw new ArgumentException($"{left.GetType().Name} and {right.GetType().Name} have no order."),
    };

    /// <summary>Reads a bound of the log, at which the reader stands.</summary>
    internal static object? Read(Field field, ref Utf8JsonReader value, bool isMax) => (field.DataType, value.TokenType) switch
    {
        (Int8Type or Int16Type or Int32Type or Int64Type, JsonTokenType.Number) => value.TryGetInt64(out var n) && Fits(n, field.DataType) ? n : null,
        (DoubleType, JsonTokenType.Number) => value.GetDouble(),
        (FloatType, JsonTokenType.Number) => (double)(float)value.GetDouble(),
        (StringType, JsonTokenType.String) => value.GetString(),
        (Date32Type, JsonTokenType.String) => Days(value.GetString()!),

        // Times were cut to milliseconds, so a greatest value may lie up to 999 microseconds higher.
        (TimestampType, JsonTokenType.String) => Micros(value.GetString()!, field) is { } micros ? micros + (isMax ? CutMicros : 0) : null,
        (Decimal128Type type, JsonTokenType.Number) => DecimalTexts.Read(Encoding.UTF8.GetString(value.ValueSpan), type),
        _ => null,
    };

    /// <summary>A value of a literal or partition, or null when it cannot be compared exactly with the column.</summary>
    internal static object? FromClr(Field field, object? value) => field.DataType switch
    {
        Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type => Whole(value),
        DoubleType or FloatType => Floating(value),
        StringType => value as string,
        Date32Type => value is DateOnly date ? (long)(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) : null,
        TimestampType { Timezone: null or "" } => value is DateTime local ? Micros(local.Ticks) : null,
        TimestampType => value is DateTimeOffset instant ? Micros(instant.UtcTicks) : null,
        Decimal128Type type => value switch
        {
            Int128 unscaled => unscaled,
            decimal d => DecimalTexts.Read(d.ToString(CultureInfo.InvariantCulture), type.Scale),
            _ => Whole(value) is { } whole ? DecimalTexts.Read(whole.ToString(CultureInfo.InvariantCulture), type.Scale) : null,
        },
        _ => null,
    };

    private static long Micros(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A bound beyond the type of its column is none: of it nothing can be known.</summary>
    private static bool Fits(long number, IArrowType type) => type switch
    {
        Int8Type => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        Int16Type => number is >= short.MinValue and <= short.MaxValue,
        Int32Type => number is >= int.MinValue and <= int.MaxValue,
        _ => true,
    };

    private static object? Days(string text) => TimeTexts.ReadDay(text) is { } date ? (long)(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) : null;

    private static long? Micros(string text, Field field) => DeltaSchema.IsLocalTimestamp(field.DataType)
        ? TimeTexts.ReadClock(text) is { } clock ? Micros(clock.Ticks) : null
        : TimeTexts.ReadInstant(text) is { } instant ? Micros(instant.UtcTicks) : null;

    private static long? Whole(object? value) => value switch
    {
        sbyte or short or int or long or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static object? Floating(object? value) => value switch
    {
        double d => double.IsNaN(d) ? null : d,
        float f => float.IsNaN(f) ? null : (double)f,
        _ => Whole(value) is { } whole and > -(1L << 53) and < 1L << 53 ? (double)whole : null,
    };
}
