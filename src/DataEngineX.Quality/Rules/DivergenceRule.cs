using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The Kullback-Leibler divergence of a column's distribution from an expected one is at most a number (natural logarithm). Missing values are left out.
/// </summary>
/// <remarks>
/// It is infinite, and observed as missing, when values are seen that are not expected at all. A holdout gives them a share of the expected
/// distribution: the tail holdout what lies outside of the partition, the internal one the intervals expected to be empty.
/// </remarks>
public sealed class DivergenceRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution; null for the observed one, from which nothing diverges: the rule then only observes.</param>
    /// <param name="threshold">The most divergence; null to observe only.</param>
    /// <param name="tailHoldout">The share held out for what is not in the partition, 0 to 1. <value>Default: 0.</value></param>
    /// <param name="internalHoldout">The share held out for empty intervals, 0 to 1. <value>Default: 0.</value></param>
    /// <exception cref="ArgumentException">A holdout is not a share, or not one this partition can use.</exception>
    public DivergenceRule(string column, Partition? expected, double? threshold, double tailHoldout = 0, double internalHoldout = 0)
        : base(column)
    {
        if (threshold is not (null or >= 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A divergence is at most a number that is not negative.");
        if (tailHoldout is not (>= 0 and <= 1) || internalHoldout is not (>= 0 and <= 1))
            throw new ArgumentException("A holdout is a share greater than or equal to 0 and less than or equal to 1.", nameof(tailHoldout));
        if (internalHoldout > 0 && expected?.Values is not null)
            throw new ArgumentException("An internal holdout is for intervals, not for values.", nameof(internalHoldout));
        if (tailHoldout > 0 && (expected?.TailWeights is not null || (expected?.Edges is { } edges && double.IsInfinity(edges[0]) && double.IsInfinity(edges[^1]))))
            throw new ArgumentException("A tail holdout is not for a partition that covers its tails.", nameof(tailHoldout));
        Expected = expected;
        Threshold = threshold;
        TailHoldout = tailHoldout;
        InternalHoldout = internalHoldout;
    }

    /// <summary>The expected distribution, or null for the observed one.</summary>
    public Partition? Expected { get; }

    /// <summary>The most divergence, or null.</summary>
    public double? Threshold { get; }

    /// <summary>The share held out for what is not in the partition.</summary>
    public double TailHoldout { get; }

    /// <summary>The share held out for empty intervals.</summary>
    public double InternalHoldout { get; }

    /// <inheritdoc/>
    public override string Name => "divergence";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        .. Expected?.Parameters ?? [],
        RuleParameter.Of("threshold", Threshold),
        RuleParameter.Of("tail_holdout", TailHoldout),
        RuleParameter.Of("internal_holdout", InternalHoldout),
    ];

    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture, $"the distribution of {Column} diverges from the expected one by at most {Threshold?.ToString("R", CultureInfo.InvariantCulture) ?? "any number"}");

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        if (Expected is { Values: null })
        {
            var numbers = FindNumber(schema);
            return Observation.Merging(c => new IntervalDivergence(this, numbers));
        }

        var column = Find(schema);
        if (!KeyEncoder.Fits(column))
            throw Unfit(Column, $"values of type {column.TypeName} cannot be counted.");
        return Observation.Merging(c => new CountState(column, c, (counted, counts) => ValueDivergence.Finish(this, column, counted, counts)));
    }
}
