using System.Globalization;
using System.Numerics;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>Turns literals of rules into the integers a column of integers, decimals, dates or times stores, without rounding.</summary>
internal static class StoredLiteral
{
    private const long TicksPerDay = TimeSpan.TicksPerDay;

    /// <summary>The literal in the storage unit of the column.</summary>
    /// <param name="value">The literal.</param>
    /// <param name="type">The column's type.</param>
    /// <param name="number">The number, not always whole: the caller rounds towards the inside of its range.</param>
    /// <param name="problem">Why the literal does not fit.</param>
    public static bool TryRead(object value, IArrowType type, out ExactNumber number, out string problem)
    {
        number = default;
        problem = $"the value '{RuleText.Of(value)}' ({value.GetType().Name}) is not one of a column of type {ArrowTypes.NameOf(type)}.";
        switch (type)
        {
            case Decimal128Type d:
                if (!ExactNumber.TryRead(value, out number))
                    return false;
                number = number.Times(BigInteger.Pow(10, d.Scale), BigInteger.One);
                return true;
            case IntegerType:
                return ExactNumber.TryRead(value, out number);
            case Date32Type:
                return Instant(value, zoned: false, out number) && Scale(ref number, 1, TicksPerDay);
            case Date64Type:
                return Instant(value, zoned: false, out number) && Scale(ref number, 1, TimeSpan.TicksPerMillisecond);
            case TimestampType timestamp:
                var zoned = !string.IsNullOrEmpty(timestamp.Timezone);
                if (!zoned && value is DateTimeOffset)
                {
                    problem = "the column has no time zone, so compare it with a DateTime, not with a DateTimeOffset.";
                    return false;
                }

                return Instant(value, zoned, out number) && Unit(ref number, timestamp.Unit);
            case TimeType time:
                if (!Clock(value, out number))
                    return false;
                return Unit(ref number, time.Unit);
            case DurationType duration:
                if (value is not TimeSpan span && !TimeSpan.TryParse(value as string, CultureInfo.InvariantCulture, out span))
                    return false;
                number = new ExactNumber(span.Ticks, BigInteger.One);
                return Unit(ref number, duration.Unit);
            default:
                problem = $"columns of type {ArrowTypes.NameOf(type)} cannot be compared with a value.";
                return false;
        }
    }

    private static bool Unit(ref ExactNumber ticks, TimeUnit unit) => unit switch
    {
        TimeUnit.Second => Scale(ref ticks, 1, TimeSpan.TicksPerSecond),
        TimeUnit.Millisecond => Scale(ref ticks, 1, TimeSpan.TicksPerMillisecond),
        TimeUnit.Microsecond => Scale(ref ticks, 1, TimeSpan.TicksPerMicrosecond),
        _ => Scale(ref ticks, 100, 1),
    };

    private static bool Scale(ref ExactNumber number, BigInteger numerator, BigInteger denominator)
    {
        number = number.Times(numerator, denominator);
        return true;
    }

    private static bool Clock(object value, out ExactNumber ticks)
    {
        TimeOnly? time = value switch
        {
            TimeOnly t => t,
            TimeSpan s when s >= TimeSpan.Zero && s < TimeSpan.FromDays(1) => TimeOnly.FromTimeSpan(s),
            string text when TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        ticks = new ExactNumber(time?.Ticks ?? 0, BigInteger.One);
        return time is not null;
    }

    /// <summary>Ticks since 1970 of a wall clock, or of UTC for a column with a zone.</summary>
    private static bool Instant(object value, bool zoned, out ExactNumber ticks)
    {
        DateTime? time = value switch
        {
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset instant => instant.UtcDateTime,
            DateTime { Kind: DateTimeKind.Local } local when zoned => local.ToUniversalTime(),
            DateTime other => other,
            string text when DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) => zoned ? parsed.UtcDateTime : parsed.DateTime,
            _ => null,
        };
        ticks = new ExactNumber((time ?? DateTime.UnixEpoch).Ticks - DateTime.UnixEpoch.Ticks, BigInteger.One);
        return time is not null;
    }
}
