using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Sorts rows by the hash partition of their keys.</summary>
internal static class KeyPartitions
{
    /// <summary>Partitions of one level, as bits of the hash.</summary>
    public const int Bits = 8;

    public const int Count = 1 << Bits;

    /// <summary>Levels below each other use further bits of the hash; the lowest choose slots.</summary>
    public const int DeepestLevel = 4;

    /// <summary>Counting sort; rows of a partition keep their order. Fills the row numbers in order of partitions and returns where each starts.</summary>
    public static int[] Sort(ReadOnlySpan<ulong> keys, KeyLayout layout, int level, Span<int> order)
    {
        using var hashRoom = new Rented<ulong>(order.Length);
        var hashes = hashRoom.Span;
        KeyHash.Hash(keys, layout, hashes);
        var bounds = new int[Count + 1];
        var shift = 64 - (Bits * (level + 1));
        foreach (var hash in hashes)
            bounds[((int)(hash >> shift) & (Count - 1)) + 1]++;
        for (var p = 1; p < bounds.Length; p++)
            bounds[p] += bounds[p - 1];
        Span<int> next = stackalloc int[Count];
        bounds.AsSpan(0, Count).CopyTo(next);
        for (var i = 0; i < hashes.Length; i++)
            order[next[(int)(hashes[i] >> shift) & (Count - 1)]++] = i;
        return bounds;
    }
}
