using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Reads the single row of a column as the CLR value that makes the same literal again.</summary>
internal static class ConstantReader
{
    public static bool TryRead(IArrowArray array, out object? value)
    {
        value = null;
        if (Bits.Validity(array.Data).CountSet() == 0)
            return true;
        value = array switch
        {
            BooleanArray a => a.GetValue(0),
            Int8Array a => a.Values[0],
            Int16Array a => a.Values[0],
            Int32Array a => a.Values[0],
            Int64Array a => a.Values[0],
            UInt8Array a => a.Values[0],
            UInt16Array a => a.Values[0],
            UInt32Array a => a.Values[0],
            UInt64Array a => a.Values[0],
            FloatArray a => a.Values[0],
            DoubleArray a => a.Values[0],
            StringArray a => a.GetString(0),
            BinaryArray a => a.GetBytes(0).ToArray(),
            Date32Array a => InRange(a.Values[0] + (long)Epoch.Day, DateOnly.MaxValue.DayNumber) is { } day ? DateOnly.FromDayNumber((int)day) : null,
            Time32Array a => Ticks(a.Values[0], ((Time32Type)a.Data.DataType).Unit) is { } ticks ? new TimeOnly(ticks) : null,
            Time64Array a => Ticks(a.Values[0], ((Time64Type)a.Data.DataType).Unit) is { } ticks ? new TimeOnly(ticks) : null,
            DurationArray a => Ticks(a.Values[0], ((DurationType)a.Data.DataType).Unit) is { } ticks ? new TimeSpan(ticks) : null,
            TimestampArray a => Instant(a.Values[0], ((TimestampType)a.Data.DataType).Unit),
            Decimal128Array a => Decimal(a),
            _ => null,
        };
        return value is not null;
    }

    private static long? InRange(long value, long most) => value >= 0 && value <= most ? value : null;

    private static object? Instant(long value, TimeUnit unit) =>
        Ticks(value, unit) is { } ticks && InRange(ticks + Epoch.Ticks, DateTime.MaxValue.Ticks) is { } utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null;

    /// <summary>Ticks of 100 ns; null where they do not hold the value exactly.</summary>
    private static long? Ticks(long value, TimeUnit unit)
    {
        var perDay = Calendar.UnitsPerDay(unit);
        var ticks = perDay <= TimeSpan.TicksPerDay ? value * (Int128)(TimeSpan.TicksPerDay / perDay) : value / (perDay / TimeSpan.TicksPerDay);
        var isExact = perDay <= TimeSpan.TicksPerDay || value % (perDay / TimeSpan.TicksPerDay) == 0;
        return isExact && ticks > long.MinValue / 2 && ticks < long.MaxValue / 2 ? (long)ticks : null;
    }

    private static object? Decimal(Decimal128Array array)
    {
        try
        {
            return array.GetValue(0);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
