namespace DataEngineX.Compute;

/// <summary>The number of distinct values behind HyperLogLog registers, by Ertl's improved estimate, which needs no tables of corrections.</summary>
internal static class Cardinalities
{
    public static double Estimate(ReadOnlySpan<byte> ranks, int hashBits)
    {
        Span<int> counts = stackalloc int[hashBits + 2];
        counts.Clear();
        foreach (var rank in ranks)
            counts[rank]++;
        double m = ranks.Length;
        var z = m * Tau(1 - (counts[hashBits + 1] / m));
        for (var k = hashBits; k >= 1; k--)
            z = 0.5 * (z + counts[k]);
        z += m * Sigma(counts[0] / m);
        return m / (2 * Math.Log(2)) * m / z;
    }

    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        var (y, z) = (1.0, x);
        while (true)
        {
            x *= x;
            var before = z;
            z += x * y;
            y += y;
            if (z.Equals(before))
                return z;
        }
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        var (y, z) = (1.0, 1 - x);
        while (true)
        {
            x = Math.Sqrt(x);
            var before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
            if (z.Equals(before))
                return z / 3;
        }
    }
}
