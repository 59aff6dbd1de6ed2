using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>Unsigned numbers whose order is the order of values.</summary>
internal static class OrderedBits
{
    /// <summary>-0.0 equals 0.0; NaN is above everything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half))
        {
            ulong bits = Hashing.Canonical(value);
            // The canonical NaN carries a sign; without it, it is above infinity.
            return T.IsNaN(value) ? ulong.MaxValue : (bits >> 63) != 0 ? ~bits : bits | (1UL << 63);
        }

        return typeof(T) == typeof(ulong) || typeof(T) == typeof(uint) || typeof(T) == typeof(ushort) || typeof(T) == typeof(byte)
            ? ulong.CreateTruncating(value)
            : (ulong)long.CreateTruncating(value) ^ (1UL << 63);
    }

    public static UInt128 Wide(Int128 value) => (UInt128)value ^ (UInt128.One << 127);
}
