using System.Numerics;

namespace DataEngineX.Pipelines;

/// <summary>
/// Distances of times. Times are integers, which are subtracted without overflow; those made of floats by <see cref="AsOfTime"/> are turned back
/// into floats for that.
/// </summary>
/// <param name="IsReal">Whether the integers stand for floats.</param>
/// <param name="Most">The largest distance of integers that matches; null for any.</param>
/// <param name="MostReal">The largest distance of floats that matches; null for any.</param>
internal readonly record struct AsOfMeasure(bool IsReal, UInt128? Most, double? MostReal)
{
    private const ulong Sign = 1UL << 63;

    /// <summary>Whether two times are near enough.</summary>
    public bool IsWithin<T>(T left, T right)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (IsReal)
            return MostReal is not { } real || Real(left, right) <= real;
        return Most is not { } most || Whole(left, right) <= most;
    }

    /// <summary>Whether the later of two times around one is nearer than the earlier.</summary>
    public bool IsLaterNearer<T>(T time, T earlier, T later)
        where T : unmanaged, IBinaryInteger<T> =>
        IsReal ? Real(later, time) < Real(time, earlier) : Whole(later, time) < Whole(time, earlier);

    private static UInt128 Whole<T>(T left, T right)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (l, r) = ((UInt128)Int128.CreateTruncating(left), (UInt128)Int128.CreateTruncating(right));
        return left >= right ? l - r : r - l;
    }

    private static double Real<T>(T left, T right)
        where T : unmanaged, IBinaryInteger<T> =>
        left == right ? 0 : Math.Abs(Decode(ulong.CreateTruncating(left)) - Decode(ulong.CreateTruncating(right)));

    private static double Decode(ulong time) => BitConverter.UInt64BitsToDouble((time & Sign) == 0 ? time : ~(time ^ Sign));
}
