namespace DataEngineX.Quality;

/// <summary>An expected distribution: the share of each value, or of each interval between two edges.</summary>
public sealed class Partition
{
    private const double Tolerance = 1e-8 + 1e-5;

    private Partition(IReadOnlyList<object>? values, IReadOnlyList<double>? edges, IReadOnlyList<double> weights, IReadOnlyList<double>? tails)
    {
        Values = values;
        Edges = edges;
        Weights = weights;
        TailWeights = tails;
    }

    /// <summary>The values, for a distribution of values.</summary>
    public IReadOnlyList<object>? Values { get; }

    /// <summary>The edges of the intervals, one more than intervals; the outer ones may be infinite.</summary>
    public IReadOnlyList<double>? Edges { get; }

    /// <summary>The share of each value or interval.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The shares below the first and above the last edge, or null.</summary>
    public IReadOnlyList<double>? TailWeights { get; }

    /// <summary>A distribution of values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="weights">Their shares, which add up to 1.</param>
    /// <exception cref="ArgumentException">The lists do not fit each other, or the shares do not add up to 1.</exception>
    public static Partition OfValues(IReadOnlyList<object> values, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(weights);
        if (values.Count != weights.Count)
            throw new ArgumentException($"A partition of {values.Count} values cannot have {weights.Count} weights.", nameof(weights));
        CheckSum(weights.Sum());
        return new Partition(values, null, weights, null);
    }

    /// <summary>A distribution over intervals; each holds its lower edge, the last both.</summary>
    /// <param name="edges">The edges in ascending order.</param>
    /// <param name="weights">The shares of the intervals.</param>
    /// <param name="tailWeights">The shares below and above all edges. <value>Default: null, none.</value></param>
    /// <exception cref="ArgumentException">The lists do not fit each other, edges do not rise, or the shares do not add up to 1.</exception>
    public static Partition OfIntervals(IReadOnlyList<double> edges, IReadOnlyList<double> weights, IReadOnlyList<double>? tailWeights = null)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(weights);
        if (edges.Count != weights.Count + 1 || edges.Count < 2)
            throw new ArgumentException($"A partition of {weights.Count} intervals needs {weights.Count + 1} edges, not {edges.Count}.", nameof(edges));
        for (var i = 1; i < edges.Count; i++)
        {
            if (!(edges[i] > edges[i - 1]))
                throw new ArgumentException("The edges of a partition rise from one to the next.", nameof(edges));
        }

        if (tailWeights is not null && tailWeights.Count != 2)
            throw new ArgumentException("A partition has two tail weights: below and above its edges.", nameof(tailWeights));
        if (tailWeights is not null && (double.IsInfinity(edges[0]) || double.IsInfinity(edges[^1])))
            throw new ArgumentException("A partition that extends to infinity has no tail weights.", nameof(tailWeights));
        CheckSum(weights.Sum() + (tailWeights?.Sum() ?? 0));
        return new Partition(null, edges, weights, tailWeights);
    }

    internal IReadOnlyList<RuleParameter> Parameters => Values is not null
        ? [RuleParameter.Of("values", Values), RuleParameter.Of("weights", Weights)]
        : TailWeights is null
            ? [RuleParameter.Of("edges", Edges), RuleParameter.Of("weights", Weights)]
            : [RuleParameter.Of("edges", Edges), RuleParameter.Of("weights", Weights), RuleParameter.Of("tail_weights", TailWeights)];

    private static void CheckSum(double sum)
    {
        if (!(Math.Abs(sum - 1) <= Tolerance))
            throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The weights of a partition add up to 1, not to {sum}."));
    }
}
