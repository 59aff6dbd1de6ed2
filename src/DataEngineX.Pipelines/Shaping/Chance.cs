namespace DataEngineX.Pipelines;

/// <summary>Numbers drawn from a run's seed, one for each position or hash: SplitMix64, which gives no number twice for different positions.</summary>
internal readonly struct Chance(long seed)
{
    private readonly ulong _start = Mix(unchecked((ulong)seed));

    public ulong At(long position) => Mix(unchecked(_start + ((ulong)position * 0x9E3779B97F4A7C15)));

    /// <summary>The numbers below the limit are so many of all; those of <see cref="At"/> are compared by their upper 53 bits.</summary>
    public static ulong LimitOf(double fraction) => (ulong)(fraction * (1UL << 53));

    public static bool IsBelow(ulong number, ulong limit) => number >> 11 < limit;

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
