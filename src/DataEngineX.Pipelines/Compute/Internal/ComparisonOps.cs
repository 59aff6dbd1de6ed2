using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Compute;

/// <summary>A comparison, for one pair, for a vector of pairs, for 64 pairs of booleans, and for an ordering result.</summary>
internal interface IComparisonOp
{
    static abstract bool One<T>(T left, T right)
        where T : INumber<T>;

    static abstract Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right);

    static abstract ulong Bools(ulong left, ulong right);

    static abstract bool Ordered(int order);
}

internal readonly struct EqualOp : IComparisonOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool One<T>(T left, T right)
        where T : INumber<T> => left == right;

    public static Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right) => Vector256.Equals(left, right);

    public static ulong Bools(ulong left, ulong right) => ~(left ^ right);

    public static bool Ordered(int order) => order == 0;
}

internal readonly struct NotEqualOp : IComparisonOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool One<T>(T left, T right)
        where T : INumber<T> => left != right;

    public static Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right) => ~Vector256.Equals(left, right);

    public static ulong Bools(ulong left, ulong right) => left ^ right;

    public static bool Ordered(int order) => order != 0;
}

internal readonly struct LessThanOp : IComparisonOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool One<T>(T left, T right)
        where T : INumber<T> => left < right;

    public static Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right) => Vector256.LessThan(left, right);

    public static ulong Bools(ulong left, ulong right) => ~left & right;

    public static bool Ordered(int order) => order < 0;
}

internal readonly struct LessThanOrEqualOp : IComparisonOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool One<T>(T left, T right)
        where T : INumber<T> => left <= right;

    public static Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right) => Vector256.LessThanOrEqual(left, right);

    public static ulong Bools(ulong left, ulong right) => ~left | right;

    public static bool Ordered(int order) => order <= 0;
}

internal readonly struct GreaterThanOp : IComparisonOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool One<T>(T left, T right)
        where T : INumber<T> => left > right;

    public static Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right) => Vector256.GreaterThan(left, right);

    public static ulong Bools(ulong left, ulong right) => left & ~right;

    public static bool Ordered(int order) => order > 0;
}

internal readonly struct GreaterThanOrEqualOp : IComparisonOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool One<T>(T left, T right)
        where T : INumber<T> => left >= right;

    public static Vector256<T> Many<T>(Vector256<T> left, Vector256<T> right) => Vector256.GreaterThanOrEqual(left, right);

    public static ulong Bools(ulong left, ulong right) => left | ~right;

    public static bool Ordered(int order) => order >= 0;
}
