using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Dates, times, timestamps and durations as ISO 8601 text with every digit their unit has.</summary>
internal static class CellTime
{
    private static readonly Int128 MinTicks = -DateTime.UnixEpoch.Ticks;
    private static readonly Int128 MaxTicks = DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks;

    /// <summary>The text of one value.</summary>
    /// <param name="column">The column, borrowed.</param>
    /// <param name="row">The row; not null.</param>
    /// <exception cref="NotSupportedException">The column is of no type of time.</exception>
    public static string Of(IArrowArray column, int row) => column.Data.DataType switch
    {
        Date32Type => Date(Columns.Values<int>(column.Data)[row]),
        Date64Type => Instant(Columns.Values<long>(column.Data)[row], TimeUnit.Millisecond, zone: false),
        TimestampType type => Instant(Columns.Values<long>(column.Data)[row], type.Unit, !string.IsNullOrEmpty(type.Timezone)),
        Time32Type type => Clock(Columns.Values<int>(column.Data)[row], type.Unit),
        Time64Type type => Clock(Columns.Values<long>(column.Data)[row], type.Unit),
        DurationType type => Duration(Columns.Values<long>(column.Data)[row], type.Unit),
        var other => throw new NotSupportedException($"{other.Name} is not a type of time."),
    };

    private static string Date(int days)
    {
        var ticks = (Int128)days * TimeSpan.TicksPerDay;
        return ticks < MinTicks || ticks > MaxTicks
            ? days.ToString(CultureInfo.InvariantCulture)
            : DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Instant(long value, TimeUnit unit, bool zone)
    {
        var perSecond = PerSecond(unit);
        var seconds = Math.DivRem(value, perSecond, out var fraction);
        if (fraction < 0)
            (seconds, fraction) = (seconds - 1, fraction + perSecond);
        var ticks = (Int128)seconds * TimeSpan.TicksPerSecond;
        // Years that a DateTime does not reach stay numbers, in the unit of the column.
        return ticks < MinTicks || ticks > MaxTicks
            ? value.ToString(CultureInfo.InvariantCulture)
            : DateTime.UnixEpoch.AddTicks((long)ticks).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
                + Fraction(fraction, unit) + (zone ? "Z" : "");
    }

    private static string Clock(long value, TimeUnit unit)
    {
        var seconds = Math.DivRem(value, PerSecond(unit), out var fraction);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}") + Fraction(fraction, unit);
    }

    private static string Duration(long value, TimeUnit unit)
    {
        var absolute = Int128.Abs(value);
        var perSecond = PerSecond(unit);
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}PT{absolute / perSecond}{Fraction((long)(absolute % perSecond), unit)}S");
    }

    private static string Fraction(long value, TimeUnit unit) => unit == TimeUnit.Second || value == 0
        ? ""
        : "." + value.ToString(CultureInfo.InvariantCulture).PadLeft(unit == TimeUnit.Millisecond ? 3 : unit == TimeUnit.Microsecond ? 6 : 9, '0');

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1_000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
