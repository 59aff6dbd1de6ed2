using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Makes one value of another type; false where it does not fit.</summary>
internal interface ICastOp<TFrom, TTo>
{
    bool TryConvert(TFrom value, out TTo result);
}

internal readonly struct NumberCast<TFrom, TTo> : ICastOp<TFrom, TTo>
    where TFrom : unmanaged, INumber<TFrom>
    where TTo : unmanaged, INumber<TTo>, IMinMaxValue<TTo>
{
    private static readonly bool ToFloat = IsFloat<TTo>();
    private static readonly bool FromFloat = IsFloat<TFrom>();
    private static readonly double Low = double.CreateTruncating(TTo.MinValue);
    private static readonly double Beyond = Math.Pow(2, (Unsafe.SizeOf<TTo>() * 8) - (TTo.IsNegative(TTo.MinValue) ? 1 : 0));

    public bool TryConvert(TFrom value, out TTo result)
    {
        result = TTo.CreateTruncating(value);
        if (ToFloat)
        {
            return true;
        }

        if (FromFloat)
        {
            // The bound is exclusive because the greatest 64-bit integer is no double; NaN fails both.
            double whole = Math.Truncate(double.CreateTruncating(value));
            return whole >= Low && whole < Beyond;
        }

        return TFrom.CreateTruncating(result) == value && TFrom.IsNegative(value) == TTo.IsNegative(result);
    }

    private static bool IsFloat<T>() => typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half);
}

internal readonly struct NumberToDecimal<TFrom>(Decimal128Type type) : ICastOp<TFrom, Int128>
    where TFrom : unmanaged, INumber<TFrom>
{
    private readonly Int128 _scale = Literals.Power128(type.Scale);
    private readonly Int128 _limit = Literals.Power128(type.Precision);

    public bool TryConvert(TFrom value, out Int128 result)
    {
        if (typeof(TFrom) == typeof(double) || typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(Half))
        {
            double scaled = Math.Round(double.CreateTruncating(value) * (double)_scale, MidpointRounding.AwayFromZero);
            bool fits = Math.Abs(scaled) < (double)_limit;
            result = fits ? (Int128)scaled : 0;
            return fits && Int128.Abs(result) < _limit;
        }

        Int128 whole = Int128.CreateTruncating(value);
        Int128 most = (_limit - 1) / _scale;
        bool inRange = whole <= most && whole >= -most;
        result = inRange ? whole * _scale : 0;
        return inRange;
    }
}

internal readonly struct DecimalToNumber<TTo>(Decimal128Type type) : ICastOp<Int128, TTo>
    where TTo : unmanaged, INumber<TTo>, IMinMaxValue<TTo>
{
    private readonly Int128 _scale = Literals.Power128(type.Scale);

    public bool TryConvert(Int128 value, out TTo result)
    {
        if (typeof(TTo) == typeof(double) || typeof(TTo) == typeof(float) || typeof(TTo) == typeof(Half))
        {
            result = TTo.CreateTruncating((double)value / (double)_scale);
            return true;
        }

        return default(NumberCast<Int128, TTo>).TryConvert(value / _scale, out result);
    }
}

internal readonly struct DecimalToDecimal(Decimal128Type from, Decimal128Type to) : ICastOp<Int128, Int128>
{
    private readonly Int128 _up = Literals.Power128(Math.Max(0, to.Scale - from.Scale));
    private readonly Int128 _down = Literals.Power128(Math.Max(0, from.Scale - to.Scale));
    private readonly Int128 _limit = Literals.Power128(to.Precision);

    public bool TryConvert(Int128 value, out Int128 result)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(value, _down);
        if (_down > 1 && Int128.Abs(rest) >= _down - Int128.Abs(rest))
        {
            quotient += Int128.IsNegative(value) ? -1 : 1;
        }

        Int128 most = (_limit - 1) / _up;
        bool fits = quotient <= most && quotient >= -most;
        result = fits ? quotient * _up : 0;
        return fits;
    }
}

internal readonly struct DateToTimestamp(TimestampType to) : ICastOp<int, long>
{
    private readonly long _perDay = Calendar.UnitsPerDay(to.Unit);

    public bool TryConvert(int value, out long result)
    {
        result = unchecked(value * _perDay);
        return Math.BigMul(value, _perDay, out long low) == low >> 63;
    }
}

internal readonly struct TimestampToDate(TimestampType from) : ICastOp<long, int>
{
    private readonly long _perDay = Calendar.UnitsPerDay(from.Unit);

    public bool TryConvert(long value, out int result)
    {
        long day = Calendar.FloorDiv(value, _perDay);
        result = unchecked((int)day);
        return result == day;
    }
}

/// <summary>Counts in another unit; finer parts are cut off towards the past.</summary>
internal readonly struct UnitCast<TFrom, TTo>(TimeUnit from, TimeUnit to) : ICastOp<TFrom, TTo>
    where TFrom : unmanaged, IBinaryInteger<TFrom>
    where TTo : unmanaged, IBinaryInteger<TTo>
{
    private readonly long _up = Math.Max(1, Calendar.UnitsPerDay(to) / Calendar.UnitsPerDay(from));
    private readonly long _down = Math.Max(1, Calendar.UnitsPerDay(from) / Calendar.UnitsPerDay(to));

    public bool TryConvert(TFrom value, out TTo result)
    {
        long whole = Calendar.FloorDiv(long.CreateTruncating(value), _down);
        bool fits = Math.BigMul(whole, _up, out long scaled) == scaled >> 63;
        result = TTo.CreateTruncating(scaled);
        return fits && long.CreateTruncating(result) == scaled;
    }
}

/// <summary>The time of the day of an instant, in another unit.</summary>
internal readonly struct TimeOfDay<TTo>(TimeUnit from, TimeUnit to) : ICastOp<long, TTo>
    where TTo : unmanaged, IBinaryInteger<TTo>
{
    private readonly long _perDay = Calendar.UnitsPerDay(from);
    private readonly UnitCast<long, TTo> _unit = new(from, to);

    public bool TryConvert(long value, out TTo result) => _unit.TryConvert(value - (Calendar.FloorDiv(value, _perDay) * _perDay), out result);
}
