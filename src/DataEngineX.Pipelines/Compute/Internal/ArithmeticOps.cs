using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>How a pair of integers came out.</summary>
internal enum IntegerOutcome
{
    Fine,
    Overflow,
    ZeroDivisor,
}

/// <summary>An operation on pairs of integers, which wraps and tells when it did.</summary>
internal interface IIntegerOp
{
    static abstract T Invoke<T>(T left, T right, out IntegerOutcome outcome)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>An operation on spans of floats.</summary>
internal interface IFloatOp
{
    static abstract void Arrays<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T>;

    static abstract void ScalarRight<T>(ReadOnlySpan<T> left, T right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T>;

    static abstract void ScalarLeft<T>(T left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T>;
}

internal readonly struct AddOp : IIntegerOp, IFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T left, T right, out IntegerOutcome outcome)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T result = unchecked(left + right);
        bool overflow = T.IsNegative(T.MinValue) ? T.IsNegative((left ^ result) & (right ^ result)) : result < left;
        outcome = overflow ? IntegerOutcome.Overflow : IntegerOutcome.Fine;
        return result;
    }

    public static void Arrays<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Add(left, right, target);

    public static void ScalarRight<T>(ReadOnlySpan<T> left, T right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Add(left, right, target);

    public static void ScalarLeft<T>(T left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Add(right, left, target);
}

internal readonly struct SubtractOp : IIntegerOp, IFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T left, T right, out IntegerOutcome outcome)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T result = unchecked(left - right);
        bool overflow = T.IsNegative(T.MinValue) ? T.IsNegative((left ^ right) & (left ^ result)) : left < right;
        outcome = overflow ? IntegerOutcome.Overflow : IntegerOutcome.Fine;
        return result;
    }

    public static void Arrays<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Subtract(left, right, target);

    public static void ScalarRight<T>(ReadOnlySpan<T> left, T right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Subtract(left, right, target);

    public static void ScalarLeft<T>(T left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Subtract(left, right, target);
}

internal readonly struct MultiplyOp : IIntegerOp, IFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T left, T right, out IntegerOutcome outcome)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T result = unchecked(left * right);
        bool overflow;
        if (typeof(T) == typeof(long))
        {
            long high = Math.BigMul(long.CreateTruncating(left), long.CreateTruncating(right), out long low);
            overflow = high != low >> 63;
        }
        else if (typeof(T) == typeof(ulong))
        {
            overflow = Math.BigMul(ulong.CreateTruncating(left), ulong.CreateTruncating(right), out _) != 0;
        }
        else if (typeof(T) == typeof(uint))
        {
            overflow = ulong.CreateTruncating(left) * ulong.CreateTruncating(right) > uint.MaxValue;
        }
        else
        {
            overflow = long.CreateTruncating(left) * long.CreateTruncating(right) != long.CreateTruncating(result);
        }

        outcome = overflow ? IntegerOutcome.Overflow : IntegerOutcome.Fine;
        return result;
    }

    public static void Arrays<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Multiply(left, right, target);

    public static void ScalarRight<T>(ReadOnlySpan<T> left, T right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Multiply(left, right, target);

    public static void ScalarLeft<T>(T left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Multiply(right, left, target);
}

internal readonly struct DivideOp : IIntegerOp, IFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T left, T right, out IntegerOutcome outcome)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        outcome = IntegerOutcome.Fine;
        if (T.IsZero(right))
        {
            outcome = IntegerOutcome.ZeroDivisor;
            return T.Zero;
        }

        // The one quotient that does not fit also traps in hardware, so it never gets there.
        if (T.IsNegative(T.MinValue) && right == T.Zero - T.One && left == T.MinValue)
        {
            outcome = IntegerOutcome.Overflow;
            return left;
        }

        return left / right;
    }

    public static void Arrays<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Divide(left, right, target);

    public static void ScalarRight<T>(ReadOnlySpan<T> left, T right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Divide(left, right, target);

    public static void ScalarLeft<T>(T left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T> => TensorPrimitives.Divide(left, right, target);
}

internal readonly struct ModuloOp : IIntegerOp, IFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T left, T right, out IntegerOutcome outcome)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        outcome = T.IsZero(right) ? IntegerOutcome.ZeroDivisor : IntegerOutcome.Fine;
        bool trivial = T.IsZero(right) || (T.IsNegative(T.MinValue) && right == T.Zero - T.One);
        return trivial ? T.Zero : left % right;
    }

    public static void Arrays<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = left[i] % right[i];
        }
    }

    public static void ScalarRight<T>(ReadOnlySpan<T> left, T right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = left[i] % right;
        }
    }

    public static void ScalarLeft<T>(T left, ReadOnlySpan<T> right, Span<T> target)
        where T : unmanaged, IFloatingPoint<T>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = left % right[i];
        }
    }
}
