using System.Globalization;
using System.Numerics;
using System.Text;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Turns CLR literals into the physical values of a type.</summary>
internal static class Literals
{
    public static T Fixed<T>(object value, IArrowType type)
        where T : unmanaged, INumber<T>
    {
        object raw = (type, value) switch
        {
            (Date32Type, DateOnly d) => d.DayNumber - Epoch.Day,
            (Date32Type, DateTime d) => Exact(d.Ticks, TimeSpan.TicksPerDay, 1, type, value) - Epoch.Day,
            (Date64Type, DateOnly d) => (d.DayNumber - Epoch.Day) * 86_400_000L,
            (TimestampType t, DateTimeOffset d) => FromTicks(d.UtcTicks - Epoch.Ticks, t.Unit, type, value),
            (TimestampType t, DateTime d) => FromTicks(Utc(d).Ticks - Epoch.Ticks, t.Unit, type, value),
            (TimestampType t, DateOnly d) => FromTicks((d.DayNumber - Epoch.Day) * TimeSpan.TicksPerDay, t.Unit, type, value),
            (Time32Type or Time64Type, TimeOnly d) => FromTicks(d.Ticks, ((TimeBasedType)type).Unit, type, value),
            (DurationType t, TimeSpan d) => FromTicks(d.Ticks, t.Unit, type, value),
            (Decimal128Type t, _) when value is decimal or int or long => Scaled(Convert.ToDecimal(value, CultureInfo.InvariantCulture), t),
            _ => value,
        };

        return raw switch
        {
            sbyte v => Number<sbyte, T>(v, type),
            short v => Number<short, T>(v, type),
            int v => Number<int, T>(v, type),
            long v => Number<long, T>(v, type),
            byte v => Number<byte, T>(v, type),
            ushort v => Number<ushort, T>(v, type),
            uint v => Number<uint, T>(v, type),
            ulong v => Number<ulong, T>(v, type),
            Int128 v => Number<Int128, T>(v, type),
            Half v => Number<Half, T>(v, type),
            float v => Number<float, T>(v, type),
            double v => Number<double, T>(v, type),
            decimal v => Number<decimal, T>(v, type),
            _ => throw Unfit(value, type),
        };
    }

    public static ReadOnlySpan<byte> Bytes(object value, IArrowType type) => value switch
    {
        string s when type.TypeId == ArrowTypeId.String => Encoding.UTF8.GetBytes(s),
        byte[] b when type.TypeId == ArrowTypeId.Binary => b,
        ReadOnlyMemory<byte> m when type.TypeId == ArrowTypeId.Binary => m.Span,
        _ => throw Unfit(value, type),
    };

    public static bool Boolean(object value, IArrowType type) => value is bool b ? b : throw Unfit(value, type);

    /// <summary>A decimal at the scale of the type.</summary>
    public static Int128 Scaled(decimal value, Decimal128Type type)
    {
        int scale = value.Scale;
        Int128 digits = (Int128)(value * Power(scale));
        if (type.Scale >= scale)
        {
            return checked(digits * Power128(type.Scale - scale));
        }

        Int128 divisor = Power128(scale - type.Scale);
        return digits % divisor == 0 ? digits / divisor : throw Unfit(value, type);
    }

    public static Int128 Power128(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static decimal Power(int exponent)
    {
        decimal power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static T Number<TFrom, T>(TFrom value, IArrowType type)
        where TFrom : INumber<TFrom>
        where T : unmanaged, INumber<T>
    {
        try
        {
            T result = T.CreateChecked(value);
            // A fraction must not vanish: 2.5 is no value of an integer column. Rounding to a narrower float is what floats do.
            return !PhysicalTypes.IsFloating(type) && TFrom.CreateChecked(result) != value ? throw Unfit(value, type) : result;
        }
        catch (OverflowException)
        {
            throw Unfit(value, type);
        }
    }

    private static DateTime Utc(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;

    private static long FromTicks(long ticks, TimeUnit unit, IArrowType type, object value) => unit switch
    {
        TimeUnit.Second => Exact(ticks, TimeSpan.TicksPerSecond, 1, type, value),
        TimeUnit.Millisecond => Exact(ticks, TimeSpan.TicksPerMillisecond, 1, type, value),
        TimeUnit.Microsecond => Exact(ticks, TimeSpan.TicksPerMicrosecond, 1, type, value),
        _ => Exact(ticks, 1, TimeSpan.NanosecondsPerTick, type, value),
    };

    private static long Exact(long ticks, long divisor, long factor, IArrowType type, object value) =>
        ticks % divisor == 0 ? checked(ticks / divisor * factor) : throw Unfit(value, type);

    private static ArgumentException Unfit(object value, IArrowType type) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The literal {value} ({value.GetType().Name}) is not a value of type {Guard.Name(type)}; convert it first."));
}
