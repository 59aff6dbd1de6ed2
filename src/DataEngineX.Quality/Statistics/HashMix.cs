using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace DataEngineX.Quality;

/// <summary>Hashes of values that are stored in states: they must never change.</summary>
internal static class HashMix
{
    /// <summary>The hash of a null, for hashes of rows.</summary>
    public const ulong Null = 0x9E3779B97F4A7C15;

    private const ulong First = 0xFF51AFD7ED558CCD;
    private const ulong Second = 0xC4CEB9FE1A85EC53;
    private static readonly ulong FirstInverse = Inverse(First);
    private static readonly ulong SecondInverse = Inverse(Second);

    /// <summary>The hash of 64 bits. It is one-to-one, so that it can stand for the value: see <see cref="Undo"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong value)
    {
        value = (value ^ (value >> 33)) * First;
        value = (value ^ (value >> 33)) * Second;
        return value ^ (value >> 33);
    }

    /// <summary>The 64 bits of a hash.</summary>
    public static ulong Undo(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * SecondInverse;
        hash = (hash ^ (hash >> 33)) * FirstInverse;
        return hash ^ (hash >> 33);
    }

    /// <summary>The hash of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes) => XxHash3.HashToUInt64(bytes);

    /// <summary>Takes the hash of a cell into that of its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong row, ulong cell)
    {
        row = (row * 0xD6E8FEB86659FD93) ^ cell;
        return row ^ (row >> 32);
    }

    /// <summary>The inverse of an odd number modulo 2^64; each step doubles the number of right bits.</summary>
    private static ulong Inverse(ulong odd)
    {
        var inverse = odd;
        for (var i = 0; i < 6; i++)
            inverse *= 2 - (odd * inverse);
        return inverse;
    }
}
