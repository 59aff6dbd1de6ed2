using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>A continuous distribution that numbers are expected to follow: one of a name with its parameters, or one known by shares of intervals.</summary>
/// <remarks>Named distributions have the parameters of scipy: a location that is added to, and a scale that is multiplied with, their standard form.</remarks>
public sealed class ExpectedDistribution
{
    private readonly Func<double, double> _below;

    private ExpectedDistribution(string name, Func<double, double> below, params IReadOnlyList<KeyValuePair<string, double>> parameters)
    {
        foreach (var (parameter, value) in parameters)
        {
            if (!double.IsFinite(value) || (parameter is not ("mean" or "location" or "min") && value <= 0))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A distribution '{name}' of {parameter} {value} does not exist."), parameter);
        }

        (Name, Parameters, _below) = (name, parameters, below);
    }

    private ExpectedDistribution(Partition intervals)
    {
        var (edges, reached) = ((double[])[.. intervals.Edges!], new double[intervals.Weights.Count + 1]);
        for (var i = 1; i < reached.Length; i++)
            reached[i] = reached[i - 1] + intervals.Weights[i - 1];
        (Name, Parameters, Intervals, Reached) = ("intervals", [], intervals, reached);
        _below = x => Interpolated(edges, reached, x);
    }

    /// <summary>The name: <c>normal</c>, <c>uniform</c>, <c>exponential</c>, <c>gamma</c>, <c>beta</c>, <c>chi_square</c> or <c>intervals</c>.</summary>
    public string Name { get; }

    /// <summary>The parameters of a named distribution, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <summary>The intervals, where the distribution is known by them; null otherwise.</summary>
    public Partition? Intervals { get; }

    /// <summary>The share below each edge of the intervals.</summary>
    internal IReadOnlyList<double> Reached { get; } = [];

    /// <summary>The normal distribution.</summary>
    /// <param name="mean">The mean. <value>Default: 0.</value></param>
    /// <param name="standardDeviation">The standard deviation, above 0. <value>Default: 1.</value></param>
    /// <exception cref="ArgumentException">There is no such distribution.</exception>
    public static ExpectedDistribution Normal(double mean = 0, double standardDeviation = 1) =>
        new("normal", x => Distributions.Normal((x - mean) / standardDeviation), new("mean", mean), new("standard_deviation", standardDeviation));

    /// <summary>The uniform distribution.</summary>
    /// <param name="min">The lowest value. <value>Default: 0.</value></param>
    /// <param name="width">How far the highest is above it, above 0. <value>Default: 1.</value></param>
    /// <exception cref="ArgumentException">There is no such distribution.</exception>
    public static ExpectedDistribution Uniform(double min = 0, double width = 1) =>
        new("uniform", x => Distributions.Uniform((x - min) / width), new("min", min), new("width", width));

    /// <summary>The exponential distribution.</summary>
    /// <param name="location">The lowest value. <value>Default: 0.</value></param>
    /// <param name="scale">The mean above it, above 0. <value>Default: 1.</value></param>
    /// <exception cref="ArgumentException">There is no such distribution.</exception>
    public static ExpectedDistribution Exponential(double location = 0, double scale = 1) =>
        new("exponential", x => Distributions.Exponential((x - location) / scale), new("location", location), new("scale", scale));

    /// <summary>The gamma distribution.</summary>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="location">The lowest value. <value>Default: 0.</value></param>
    /// <param name="scale">The scale, above 0. <value>Default: 1.</value></param>
    /// <exception cref="ArgumentException">There is no such distribution.</exception>
    public static ExpectedDistribution Gamma(double shape, double location = 0, double scale = 1) =>
        new("gamma", x => Distributions.Gamma((x - location) / scale, shape), new("shape", shape), new("location", location), new("scale", scale));

    /// <summary>The beta distribution.</summary>
    /// <param name="alpha">The first shape, above 0.</param>
    /// <param name="beta">The second shape, above 0.</param>
    /// <param name="location">The lowest value. <value>Default: 0.</value></param>
    /// <param name="scale">How far the highest is above it, above 0. <value>Default: 1.</value></param>
    /// <exception cref="ArgumentException">There is no such distribution.</exception>
    public static ExpectedDistribution Beta(double alpha, double beta, double location = 0, double scale = 1) => new(
        "beta", x => Distributions.Beta((x - location) / scale, alpha, beta), new("alpha", alpha), new("beta", beta), new("location", location), new("scale", scale));

    /// <summary>The chi-square distribution.</summary>
    /// <param name="degrees">The degrees of freedom, above 0.</param>
    /// <param name="location">The lowest value. <value>Default: 0.</value></param>
    /// <param name="scale">The scale, above 0. <value>Default: 1.</value></param>
    /// <exception cref="ArgumentException">There is no such distribution.</exception>
    public static ExpectedDistribution ChiSquare(double degrees, double location = 0, double scale = 1) => new(
        "chi_square", x => Distributions.Gamma((x - location) / scale / 2, degrees / 2), new("degrees", degrees), new("location", location), new("scale", scale));

    /// <summary>A distribution known by the shares of intervals; within each, values lie evenly.</summary>
    /// <param name="intervals">The intervals, between finite edges and without tails.</param>
    /// <exception cref="ArgumentException">It is a partition of values, or one that leaves open where its tails lie.</exception>
    public static ExpectedDistribution OfIntervals(Partition intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        if (intervals.Edges is not { } edges)
            throw new ArgumentException("A distribution of numbers is one of intervals, not of values.", nameof(intervals));
        if (double.IsInfinity(edges[0]) || double.IsInfinity(edges[^1]))
            throw new ArgumentException("Partition endpoints must be finite: what lies between is spread evenly.", nameof(intervals));
        if (intervals.TailWeights?.Sum() > 0)
            throw new ArgumentException("Partition cannot have tail weights: its endpoints hold all values.", nameof(intervals));
        return new ExpectedDistribution(intervals);
    }

    /// <summary>A distribution known by quantiles, such as those of a saved profile; between two, values lie evenly.</summary>
    /// <param name="shares">The shares, from 0 in ascending order to 1.</param>
    /// <param name="values">The value at each share, in ascending order.</param>
    /// <exception cref="ArgumentException">The lists do not fit each other, or do not rise.</exception>
    public static ExpectedDistribution OfQuantiles(IReadOnlyList<double> shares, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentNullException.ThrowIfNull(values);
        if (shares.Count != values.Count || shares.Count < 2 || shares[0] != 0 || shares[^1] != 1)
            throw new ArgumentException("Quantiles are a value for each share, and begin with that of 0 and end with that of 1.", nameof(shares));
        return OfIntervals(Partition.OfIntervals(values, [.. shares.Skip(1).Zip(shares, static (next, share) => next - share)]));
    }

    /// <summary>The distribution of a numeric column of a profile, by its quantiles.</summary>
    /// <param name="column">The column.</param>
    /// <param name="parts">Into how many parts of the same share it is cut. <value>Default: 20.</value></param>
    /// <exception cref="ArgumentException">The column is not of numbers or has none, or one value is so common that it is several quantiles.</exception>
    public static ExpectedDistribution OfProfile(ColumnProfile column, int parts = 20)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        double[] shares = [.. Enumerable.Range(0, parts + 1).Select(i => (double)i / parts)];
        if (column.Numbers is not { Count: > 0 } numbers || shares.Any(s => numbers.Quantile(s) is null))
            throw new ArgumentException($"Column '{column.Name}' of the profile has no numbers.", nameof(column));
        double[] values = [.. shares.Select(s => numbers.Quantile(s)!.Value)];
        for (var i = 1; i < values.Length; i++)
        {
            if (!(values[i] > values[i - 1]))
                throw new ArgumentException($"{values[i]} is more than one of {parts} quantiles of column '{column.Name}': its distribution is not continuous; use fewer parts, or the chi-square test.", nameof(column));
        }

        return OfQuantiles(shares, values);
    }

    /// <summary>The share of the distribution at or below a value.</summary>
    /// <param name="value">The value, not NaN.</param>
    public double Below(double value) => _below(value);

    /// <summary>What it is, in words.</summary>
    public override string ToString() => Intervals is not null
        ? string.Create(CultureInfo.InvariantCulture, $"{Intervals.Weights.Count} intervals")
        : $"{Name} ({string.Join(", ", Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value}")))})";

    internal IReadOnlyList<RuleParameter> RuleParameters => Intervals is { } intervals
        ? intervals.Parameters
        :
        [
            RuleParameter.Of("distribution", Name),
            new RuleParameter("parameters", $"{{{string.Join(", ", Parameters.Select(p => $"\"{p.Key}\": {RuleParameter.Of(p.Key, p.Value).Json}"))}}}"),
        ];

    private static double Interpolated(double[] edges, double[] reached, double x)
    {
        if (x <= edges[0])
            return 0;
        if (x >= edges[^1])
            return reached[^1];
        var found = System.Array.BinarySearch(edges, x);
        if (found >= 0)
            return reached[found];
        var high = ~found;
        return reached[high - 1] + ((reached[high] - reached[high - 1]) * (x - edges[high - 1]) / (edges[high] - edges[high - 1]));
    }
}
