namespace DataEngineX.Quality;

/// <summary>The Kullback-Leibler divergence of two lists of weights, each taken in proportion to its sum.</summary>
internal static class Divergence
{
    /// <summary>The verdict on a divergence.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="counted">The verdict so far.</param>
    /// <param name="observed">The observed weights.</param>
    /// <param name="expected">The expected weights, as many.</param>
    /// <param name="observedPartition">The observed distribution as JSON.</param>
    /// <param name="expectedPartition">The expected distribution as JSON.</param>
    public static Verdict Verdict(
        DivergenceRule rule, Verdict counted, IReadOnlyList<double> observed, IReadOnlyList<double> expected, string observedPartition, string expectedPartition)
    {
        var value = Of(observed, expected);
        var finite = double.IsFinite(value);
        return Observation.Verdict(
            counted,
            rule.Threshold is not { } threshold || (finite && value <= threshold),
            finite ? Observation.Number(value) : null,
            new VerdictField("observed_partition", observedPartition),
            new VerdictField("expected_partition", expectedPartition));
    }

    public static string List(IEnumerable<double> numbers) => $"[{string.Join(", ", numbers.Select(Observation.Number))}]";

    private static double Of(IReadOnlyList<double> observed, IReadOnlyList<double> expected)
    {
        var (seen, wanted) = (observed.Sum(), expected.Sum());
        var sum = 0d;
        for (var i = 0; i < observed.Count; i++)
        {
            var (p, q) = (observed[i] / seen, expected[i] / wanted);
            sum += p == 0 ? 0 : q == 0 ? double.PositiveInfinity : p * Math.Log(p / q);
        }

        return sum;
    }
}
