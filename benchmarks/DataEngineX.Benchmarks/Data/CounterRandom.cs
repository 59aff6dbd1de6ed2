namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// Random numbers addressed by table, column and row, so that any range of rows can be made at any time, on any thread,
/// and is the same each time. Each draw mixes a counter with a key (the finalizer of SplitMix64).
/// </summary>
internal readonly struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private readonly ulong _key;

    public CounterRandom(string table, string column)
    {
        ulong key = 108;
        foreach (var c in table)
            key = Mix(key + Golden + c);
        key = Mix(key ^ Golden);
        foreach (var c in column)
            key = Mix(key + Golden + c);
        _key = key;
    }

    /// <summary>64 random bits of a row; one row has as many draws as are asked for.</summary>
    public ulong Bits(long row, int draw = 0) => Mix(_key + (((ulong)row << 3) + (ulong)draw) * Golden);

    /// <summary>A whole number from 0 to below a bound.</summary>
    public long Below(long bound, long row, int draw = 0) => (long)Math.BigMul(Bits(row, draw), (ulong)bound, out _);

    /// <summary>A number from 0 to below 1.</summary>
    public double Unit(long row, int draw = 0) => (Bits(row, draw) >> 11) * (1.0 / (1L << 53));

    /// <summary>A number of the standard normal distribution (Box and Muller); takes the draws 0 and 1.</summary>
    public double Normal(long row) =>
        Math.Sqrt(-2 * Math.Log(1 - Unit(row))) * Math.Cos(2 * Math.PI * Unit(row, 1));

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
