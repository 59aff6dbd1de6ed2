using System.Numerics;

namespace DataEngineX.Compute;

/// <summary>An aggregate that can be merged from parts, and so rolled without ever taking a value out again.</summary>
internal interface IRollingOp<T, TState, TResult>
    where T : unmanaged
    where TState : unmanaged
    where TResult : unmanaged
{
    static abstract TState Of(T value);

    static abstract TState Merge(TState left, TState right);

    /// <summary>False where there is no result; the state is of <paramref name="count"/> values, at least one.</summary>
    static abstract bool Finish(TState state, int count, out TResult result);
}

internal readonly struct RollingIntegerSum<T, TSum> : IRollingOp<T, Int128, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, IBinaryInteger<TSum>
{
    public static Int128 Of(T value) => Int128.CreateTruncating(value);

    public static Int128 Merge(Int128 left, Int128 right) => left + right;

    public static bool Finish(Int128 state, int count, out TSum result)
    {
        result = TSum.CreateTruncating(state);
        return Int128.CreateTruncating(result) == state
            ? true
            : throw new OverflowException($"A windowed sum is {state}, which does not fit 64 bits; cast to double first.");
    }
}

internal readonly struct RollingFloatSum<T> : IRollingOp<T, double, double>
    where T : unmanaged, INumber<T>
{
    public static double Of(T value) => double.CreateTruncating(value);

    public static double Merge(double left, double right) => left + right;

    public static bool Finish(double state, int count, out double result)
    {
        result = state;
        return true;
    }
}

internal readonly struct RollingMean<T> : IRollingOp<T, double, double>
    where T : unmanaged, INumber<T>
{
    public static double Of(T value) => double.CreateTruncating(value);

    public static double Merge(double left, double right) => left + right;

    public static bool Finish(double state, int count, out double result)
    {
        result = state / count;
        return true;
    }
}

internal readonly struct RollingDeviation<T> : IRollingOp<T, Moments, double>
    where T : unmanaged, INumber<T>
{
    public static Moments Of(T value) => Moments.Of(double.CreateTruncating(value));

    public static Moments Merge(Moments left, Moments right) => Moments.Merge(left, right);

    public static bool Finish(Moments state, int count, out double result)
    {
        result = count > 1 ? Math.Sqrt(state.Variance) : 0;
        return count > 1;
    }
}

internal readonly struct RollingPick<T, TOp> : IRollingOp<T, T, T>
    where T : unmanaged, INumber<T>
    where TOp : struct, IPickOp
{
    public static T Of(T value) => value;

    public static T Merge(T left, T right) => TOp.Replaces(left, right) ? right : left;

    public static bool Finish(T state, int count, out T result)
    {
        result = state;
        return true;
    }
}
