namespace DataEngineX.Quality;

/// <summary>Estimates a number of distinct values from their hashes in 16 KB.</summary>
/// <remarks>
/// HyperLogLog with 16,384 registers and the estimator of Ertl, which needs no correction for few or many values: the standard error is
/// <see cref="StandardError"/>. Merging loses nothing: any partition gives the registers of the single pass.
/// </remarks>
public sealed class HyperLogLog
{
    /// <summary>The relative standard error of an estimate: 1.04 / √16,384.</summary>
    public const double StandardError = 0.008125;

    private const string Kind = "hyper_log_log";
    private const int Precision = 14;
    private const int Size = 1 << Precision;
    private const int MostZeros = 64 - Precision;
    private readonly byte[] _registers;

    /// <summary>An estimate of no values.</summary>
    public HyperLogLog()
        : this(new byte[Size])
    {
    }

    private HyperLogLog(byte[] registers) => _registers = registers;

    /// <summary>The estimated number of distinct values.</summary>
    public double Estimate
    {
        get
        {
            Span<int> counts = stackalloc int[MostZeros + 2];
            counts.Clear();
            foreach (var register in _registers)
                counts[register]++;
            var z = Size * Tau(1 - ((double)counts[MostZeros + 1] / Size));
            for (var k = MostZeros; k >= 1; k--)
                z = 0.5 * (z + counts[k]);
            z += Size * Sigma((double)counts[0] / Size);
            return Size / (2 * Math.Log(2)) * Size / z;
        }
    }

    /// <summary>Adds a value.</summary>
    /// <param name="hash">A hash of the value that spreads over all 64 bits and is the same wherever states are merged.</param>
    public void Add(ulong hash)
    {
        ref var register = ref _registers[hash >> MostZeros];
        var zeros = (byte)(System.Numerics.BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))) + 1);
        if (zeros > register)
            register = zeros;
    }

    /// <summary>Adds values.</summary>
    /// <param name="hashes">Their hashes.</param>
    public void Add(ReadOnlySpan<ulong> hashes)
    {
        foreach (var hash in hashes)
            Add(hash);
    }

    /// <summary>Takes in what another one has seen.</summary>
    /// <param name="other">The other one, left as it is.</param>
    public void Merge(HyperLogLog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < Size; i++)
            _registers[i] = Math.Max(_registers[i], other._registers[i]);
    }

    /// <summary>The state as JSON, for <see cref="Parse"/>.</summary>
    public string ToJson() => StateFormat.Write(Kind, Save);

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="FormatException">The text is no such state.</exception>
    public static HyperLogLog Parse(string json) => StateFormat.Read(json, Kind, Load);

    internal void Save(BinaryWriter writer) => writer.Write(_registers);

    internal static HyperLogLog Load(BinaryReader reader)
    {
        var registers = StateFormat.Block(reader, Size);
        return System.MemoryExtensions.ContainsAnyExceptInRange<byte>(registers, 0, MostZeros + 1)
            ? throw new FormatException("A register of the state is out of range.")
            : new HyperLogLog(registers);
    }

    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        double y = 1, z = x, before;
        do
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        while (z != before);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        double y = 1, z = 1 - x, before;
        do
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != before);
        return z / 3;
    }
}
