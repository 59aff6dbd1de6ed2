using System.Numerics;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Says stored keys as literals, where a literal says them exactly.</summary>
internal static class KeyLiterals
{
    private const int MostDecimalBits = 96;
    private const int MostDecimalScale = 28;

    private static readonly long EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The literal of a key, or null when there is none.</summary>
    /// <param name="value">The key as it is stored.</param>
    /// <param name="type">Its type.</param>
    public static LiteralExpr? Of<T>(T value, IArrowType type)
        where T : unmanaged, IBinaryInteger<T> => type switch
        {
            Date32Type => OfDay(long.CreateTruncating(value)),
            TimestampType time => OfTime(long.CreateTruncating(value), time),
            Decimal128Type number => OfDecimal(Int128.CreateTruncating(value), number.Scale),
            _ => new LiteralExpr(value),
        };

    private static LiteralExpr? OfDay(long days)
    {
        var number = days + EpochDay;
        return number >= DateOnly.MinValue.DayNumber && number <= DateOnly.MaxValue.DayNumber ? new LiteralExpr(DateOnly.FromDayNumber((int)number)) : null;
    }

    private static LiteralExpr? OfTime(long value, TimestampType type)
    {
        var ticks = (Int128)value * TicksOf(type.Unit) + DateTime.UnixEpoch.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return null;
        return string.IsNullOrEmpty(type.Timezone)
            ? new LiteralExpr(new DateTime((long)ticks, DateTimeKind.Unspecified))
            : new LiteralExpr(new DateTimeOffset((long)ticks, TimeSpan.Zero));
    }

    private static long TicksOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => TimeSpan.TicksPerMillisecond,
        _ => TimeSpan.TicksPerMicrosecond,
    };

    private static LiteralExpr? OfDecimal(Int128 unscaled, int scale)
    {
        var size = Int128.Abs(unscaled);
        return size >> MostDecimalBits != 0 || scale is < 0 or > MostDecimalScale
            ? null
            : new LiteralExpr(new decimal((int)(uint)size, (int)(uint)(size >> 32), (int)(uint)(size >> 64), unscaled < 0, (byte)scale));
    }
}
