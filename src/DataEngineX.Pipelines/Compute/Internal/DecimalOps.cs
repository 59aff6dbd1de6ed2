using System.Runtime.CompilerServices;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>An operation on pairs of decimals that knows the scales of its sides and of its result.</summary>
internal interface IDecimalOp
{
    IntegerOutcome Invoke(Int128 left, Int128 right, out Int128 result);
}

internal readonly struct DecimalAddOp(Decimal128Type left, Decimal128Type right, Decimal128Type to, bool subtract) : IDecimalOp
{
    private readonly Int128 _left = Literals.Power128(to.Scale - left.Scale);
    private readonly Int128 _right = Literals.Power128(to.Scale - right.Scale);
    private readonly Int128 _limit = Literals.Power128(to.Precision);
    private readonly bool _isPlain = to.Scale == left.Scale && to.Scale == right.Scale;
    private readonly bool _alwaysFits = to.Precision > Math.Max(left.Precision - left.Scale, right.Precision - right.Scale) + to.Scale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IntegerOutcome Invoke(Int128 left, Int128 right, out Int128 result)
    {
        // Values are below 10^38, so that the sum of two is below 2^127.
        Int128 second = subtract ? -right : right;
        if (_isPlain)
        {
            result = left + second;
        }
        else if (!DecimalScale.TryRaise(left, _left, out Int128 l) || !DecimalScale.TryRaise(second, _right, out Int128 r))
        {
            result = 0;
            return IntegerOutcome.Overflow;
        }
        else
        {
            result = l + r;
        }

        return _alwaysFits || (result < _limit && result > -_limit) ? IntegerOutcome.Fine : IntegerOutcome.Overflow;
    }
}

internal readonly struct DecimalMultiplyOp(Decimal128Type left, Decimal128Type right, Decimal128Type to) : IDecimalOp
{
    private readonly UInt128 _drop = (UInt128)Literals.Power128(left.Scale + right.Scale - to.Scale);
    private readonly UInt128 _limit = (UInt128)Literals.Power128(to.Precision);
    private readonly bool _alwaysFits = left.Precision + right.Precision <= to.Precision && left.Scale + right.Scale == to.Scale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IntegerOutcome Invoke(Int128 left, Int128 right, out Int128 result)
    {
        long first = unchecked((long)left);
        long second = unchecked((long)right);
        if (_alwaysFits && first == left && second == right)
        {
            long top = Math.BigMul(first, second, out long bottom);
            result = new Int128(unchecked((ulong)top), unchecked((ulong)bottom));
            return IntegerOutcome.Fine;
        }

        (UInt128 high, UInt128 low) = Wide.Multiply(DecimalScale.Size(left), DecimalScale.Size(right));
        UInt128 size = low;
        bool fits = (_drop == 1 ? high == 0 : Wide.TryDivide(high, low, _drop, out size)) && size < _limit;
        result = Int128.IsNegative(left) != Int128.IsNegative(right) ? -(Int128)size : (Int128)size;
        return fits ? IntegerOutcome.Fine : IntegerOutcome.Overflow;
    }
}

internal readonly struct DecimalDivideOp : IDecimalOp
{
    private readonly UInt128 _first;
    private readonly UInt128 _second;
    private readonly UInt128 _limit;

    public DecimalDivideOp(Decimal128Type left, Decimal128Type right, Decimal128Type to)
    {
        int raise = to.Scale - left.Scale + right.Scale;
        _first = (UInt128)Literals.Power128(Math.Max(0, raise - 38));
        _second = (UInt128)Literals.Power128(Math.Min(38, raise));
        _limit = (UInt128)Literals.Power128(to.Precision);
    }

    public IntegerOutcome Invoke(Int128 left, Int128 right, out Int128 result)
    {
        result = 0;
        if (right == 0)
        {
            return IntegerOutcome.ZeroDivisor;
        }

        // What does not fit after the first raise has a quotient of more than 38 digits anyway, as the divisor has at most 38.
        (UInt128 over, UInt128 raised) = Wide.Multiply(DecimalScale.Size(left), _first);
        (UInt128 high, UInt128 low) = Wide.Multiply(raised, _second);
        if (over != 0 || !Wide.TryDivide(high, low, DecimalScale.Size(right), out UInt128 size) || size >= _limit)
        {
            return IntegerOutcome.Overflow;
        }

        result = Int128.IsNegative(left) != Int128.IsNegative(right) ? -(Int128)size : (Int128)size;
        return IntegerOutcome.Fine;
    }
}

internal readonly struct DecimalModuloOp(Decimal128Type left, Decimal128Type right, Decimal128Type to) : IDecimalOp
{
    private readonly Int128 _left = Literals.Power128(to.Scale - left.Scale);
    private readonly Int128 _right = Literals.Power128(to.Scale - right.Scale);

    public IntegerOutcome Invoke(Int128 left, Int128 right, out Int128 result)
    {
        result = 0;
        if (right == 0)
        {
            return IntegerOutcome.ZeroDivisor;
        }

        if (!DecimalScale.TryRaise(left, _left, out Int128 l) || !DecimalScale.TryRaise(right, _right, out Int128 r))
        {
            return IntegerOutcome.Overflow;
        }

        result = l % r;
        return IntegerOutcome.Fine;
    }
}

/// <summary>Scaling that all decimal operations share.</summary>
internal static class DecimalScale
{
    private static readonly Int128 Limit = Literals.Power128(38);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Size(Int128 value) => (UInt128)(Int128.IsNegative(value) ? -value : value);

    /// <summary>The value times a power of ten; false beyond 38 digits.</summary>
    public static bool TryRaise(Int128 value, Int128 power, out Int128 result)
    {
        if (power == 1)
        {
            result = value;
            return true;
        }

        Int128 most = (Limit - 1) / power;
        bool fits = value <= most && value >= -most;
        result = fits ? value * power : 0;
        return fits;
    }
}
