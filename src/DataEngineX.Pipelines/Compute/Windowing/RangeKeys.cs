using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>How distances from an order key are taken, so that none runs over.</summary>
internal interface IRangeKey<T, TKey>
    where T : unmanaged
    where TKey : unmanaged, INumber<TKey>
{
    static abstract TKey Of(T value);

    static abstract TKey Of(RangeDistance distance);

    static abstract TKey Add(TKey key, TKey distance);
}

/// <summary>Whole numbers and times that fit 64 bits with a sign.</summary>
internal readonly struct RangeLong<T> : IRangeKey<T, long>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(T value) => long.CreateTruncating(value);

    public static long Of(RangeDistance distance) => long.CreateSaturating(distance.Whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Add(long key, long distance)
    {
        long sum = unchecked(key + distance);
        return ((key ^ sum) & (distance ^ sum)) >= 0 ? sum : key < 0 ? long.MinValue : long.MaxValue;
    }
}

/// <summary>Unsigned 64-bit numbers and decimals; both keys and distances have at most 38 digits.</summary>
internal readonly struct RangeWide<T> : IRangeKey<T, Int128>
    where T : unmanaged, INumber<T>
{
    public static Int128 Of(T value) => Int128.CreateTruncating(value);

    public static Int128 Of(RangeDistance distance) => distance.Whole;

    public static Int128 Add(Int128 key, Int128 distance)
    {
        Int128 sum = unchecked(key + distance);
        return Int128.IsNegative(key) != Int128.IsNegative(distance) || Int128.IsNegative(sum) == Int128.IsNegative(key)
            ? sum
            : Int128.IsNegative(key) ? Int128.MinValue : Int128.MaxValue;
    }
}

internal readonly struct RangeReal<T> : IRangeKey<T, double>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(T value) => double.CreateTruncating(value);

    public static double Of(RangeDistance distance) => distance.Real;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double key, double distance) => key + distance;
}
