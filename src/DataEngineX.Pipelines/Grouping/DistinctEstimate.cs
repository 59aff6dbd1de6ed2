namespace DataEngineX.Pipelines;

/// <summary>How many distinct keys there are, guessed from the first rows.</summary>
internal static class DistinctEstimate
{
    /// <summary>More distinct keys than can be told from the sample: nearly each of its rows had one of its own.</summary>
    public const double Unbounded = double.PositiveInfinity;

    private const double AllNew = 0.99;
    private const int Steps = 40;

    /// <summary>
    /// Drawing n rows from D equally frequent keys shows about D (1 - exp(-n/D)) of them; this solves for D. Skewed keys give too small a number.
    /// </summary>
    /// <param name="rows">The rows seen.</param>
    /// <param name="groups">The distinct keys among them.</param>
    public static double Of(long rows, long groups)
    {
        var share = groups / (double)Math.Max(1, rows);
        if (share >= AllNew)
            return Unbounded;
        var (low, high) = (0.0, rows / (double)Math.Max(1, groups));

        // The share of new rows falls as rows a key rise: (1 - exp(-x)) / x.
        for (var i = 0; i < Steps; i++)
        {
            var middle = (low + high) / 2;
            if (-Math.Exp(-middle) + 1 > share * middle)
                low = middle;
            else
                high = middle;
        }

        return rows / high;
    }
}
