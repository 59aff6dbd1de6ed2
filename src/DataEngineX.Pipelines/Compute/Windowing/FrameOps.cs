using System.Numerics;

namespace DataEngineX.Compute;

/// <summary>An aggregate that can be merged from parts, and so rolled without ever taking a value out again.</summary>
internal interface IFrameOp<T, TState, TResult>
    where T : unmanaged
    where TState : unmanaged
    where TResult : unmanaged
{
    static abstract TState Of(T value);

    static abstract TState Merge(TState left, TState right);

    /// <summary>False where there is no result; the state is of <paramref name="count"/> values, at least one.</summary>
    static abstract bool Finish(TState state, long count, out TResult result);
}

internal readonly struct FrameIntegerSum<T, TSum> : IFrameOp<T, Int128, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, IBinaryInteger<TSum>
{
    public static Int128 Of(T value) => Int128.CreateTruncating(value);

    public static Int128 Merge(Int128 left, Int128 right) => left + right;

    public static bool Finish(Int128 state, long count, out TSum result)
    {
        result = TSum.CreateTruncating(state);
        return Int128.CreateTruncating(result) == state
            ? true
            : throw new OverflowException($"A windowed sum is {state}, which does not fit 64 bits; cast to double first.");
    }
}

internal readonly struct FrameFloatSum<T> : IFrameOp<T, double, double>
    where T : unmanaged, INumber<T>
{
    public static double Of(T value) => double.CreateTruncating(value);

    public static double Merge(double left, double right) => left + right;

    public static bool Finish(double state, long count, out double result)
    {
        result = state;
        return true;
    }
}

internal readonly struct FrameMean<T> : IFrameOp<T, double, double>
    where T : unmanaged, INumber<T>
{
    public static double Of(T value) => double.CreateTruncating(value);

    public static double Merge(double left, double right) => left + right;

    public static bool Finish(double state, long count, out double result)
    {
        result = state / count;
        return true;
    }
}

/// <summary>Sums of decimals: exact modulo 2^128, with a sum in double beside it that tells whether the true one fits.</summary>
internal readonly struct FrameDecimalSum<T> : IFrameOp<T, DecimalTotal, Int128>
    where T : unmanaged, INumber<T>
{
    private static readonly Int128 Limit = Literals.Power128(38);

    public static DecimalTotal Of(T value)
    {
        Int128 exact = Int128.CreateTruncating(value);
        return new DecimalTotal(exact, (double)exact);
    }

    public static DecimalTotal Merge(DecimalTotal left, DecimalTotal right) => new(left.Sum + right.Sum, left.About + right.About);

    public static bool Finish(DecimalTotal state, long count, out Int128 result)
    {
        result = state.Sum;
        return Math.Abs(state.About) < 1.1e38 && result < Limit && result > -Limit
            ? true
            : throw new OverflowException("A windowed sum has more than 38 digits, which no decimal holds; cast to double first.");
    }
}

internal readonly record struct DecimalTotal(Int128 Sum, double About);

/// <summary>What is made of the moments of a frame.</summary>
internal interface IMomentsResult
{
    /// <summary>The least number of values there must be.</summary>
    static abstract int Least { get; }

    static abstract double Of(Moments moments);
}

internal readonly struct SampleVariance : IMomentsResult
{
    public static int Least => 2;

    public static double Of(Moments moments) => moments.Variance;
}

internal readonly struct SampleDeviation : IMomentsResult
{
    public static int Least => 2;

    public static double Of(Moments moments) => Math.Sqrt(moments.Variance);
}

internal readonly struct PopulationVariance : IMomentsResult
{
    public static int Least => 1;

    public static double Of(Moments moments) => moments.Squares / moments.Count;
}

internal readonly struct PopulationDeviation : IMomentsResult
{
    public static int Least => 1;

    public static double Of(Moments moments) => Math.Sqrt(moments.Squares / moments.Count);
}

internal readonly struct FrameMoments<T, TMoments> : IFrameOp<T, Moments, double>
    where T : unmanaged, INumber<T>
    where TMoments : struct, IMomentsResult
{
    public static Moments Of(T value) => Moments.Of(double.CreateTruncating(value));

    public static Moments Merge(Moments left, Moments right) => Moments.Merge(left, right);

    public static bool Finish(Moments state, long count, out double result)
    {
        result = count >= TMoments.Least ? TMoments.Of(state) : 0;
        return count >= TMoments.Least;
    }
}

internal readonly struct FramePick<T, TOp> : IFrameOp<T, T, T>
    where T : unmanaged, INumber<T>
    where TOp : struct, IPickOp
{
    public static T Of(T value) => value;

    public static T Merge(T left, T right) => TOp.Replaces(left, right) ? right : left;

    public static bool Finish(T state, long count, out T result)
    {
        result = state;
        return true;
    }
}
