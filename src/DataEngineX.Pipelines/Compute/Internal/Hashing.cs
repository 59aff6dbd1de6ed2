using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>64-bit hashes of single values.</summary>
internal static class Hashing
{
    /// <summary>The hash of a null, and of a row without columns.</summary>
    public const ulong Null = 0x9E3779B97F4A7C15;

    private const ulong Seed = 0x2545F4914F6CDD1D;
    private const ulong Odd = 0xD6E8FEB86659FD93;

    /// <summary>Values of at most 64 bits map one-to-one, so that equal hashes mean equal values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(Int128))
        {
            Int128 wide = Int128.CreateTruncating(value);
            return Combine(Mix((ulong)(wide >> 64) ^ Seed), Mix((ulong)wide ^ Seed));
        }

        return Mix(Canonical(value) ^ Seed);
    }

    /// <summary>The bits of a value, with one zero and one NaN for floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Canonical<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half))
        {
            // Widening is exact and one-to-one.
            double wide = double.CreateTruncating(value);
            return wide == 0 ? 0 : double.IsNaN(wide) ? BitConverter.DoubleToUInt64Bits(double.NaN) : BitConverter.DoubleToUInt64Bits(wide);
        }

        return ulong.CreateTruncating(value);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length * Odd;
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length > 16)
        {
            hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ hash ^ Seed, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ Odd);
            rest = rest[16..];
        }

        (ulong a, ulong b) = Tail(rest);
        return Mix(Fold(a ^ hash ^ Seed, b ^ Odd) ^ hash);
    }

    /// <summary>An odd multiplier for the word of a key, far from those of other words.</summary>
    public static ulong Multiplier(int word) => Mix(((ulong)word * Odd) + Seed) | 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong left, ulong right) => Mix((left * Odd) ^ right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xFF51AFD7ED558CCD;
        value ^= value >> 33;
        value *= 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    /// <summary>At most 16 bytes as two words, which overlap when there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Second) Tail(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= 8)
        {
            return (BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[^8..]));
        }

        if (rest.Length >= 4)
        {
            return (BinaryPrimitives.ReadUInt32LittleEndian(rest), BinaryPrimitives.ReadUInt32LittleEndian(rest[^4..]));
        }

        return rest.Length == 0 ? (0UL, 0UL) : (((ulong)rest[0] << 16) | ((ulong)rest[rest.Length >> 1] << 8) | rest[^1], 0UL);
    }
}
