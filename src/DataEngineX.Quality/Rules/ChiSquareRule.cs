using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The values of a column could well have been drawn from an expected distribution: the chi-square test gives them a probability above a number. Missing values
/// are left out.
/// </summary>
/// <remarks>A value that is not expected has probability zero, unless a holdout gives those a share of the expected distribution.</remarks>
public sealed class ChiSquareRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expected">The expected distribution, of at least two values.</param>
    /// <param name="probability">The probability (p-value) to be exceeded, 0 to 1. <value>Default: 0.05.</value></param>
    /// <param name="holdout">The share held out for values that are not expected, 0 to 1. <value>Default: 0.</value></param>
    /// <exception cref="ArgumentException">The distribution is one of intervals or of a single value, or a number is none from 0 to 1.</exception>
    public ChiSquareRule(string column, Partition expected, double probability = 0.05, double holdout = 0)
        : base(column)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (expected.Values is not { Count: > 1 })
            throw new ArgumentException("The chi-square test is for a distribution of at least two values, not for intervals.", nameof(expected));
        if (probability is not (>= 0 and <= 1) || holdout is not (>= 0 and <= 1))
            throw new ArgumentException("A probability and a holdout are greater than or equal to 0 and less than or equal to 1.", nameof(probability));
        (Expected, Probability, Holdout) = (expected, probability, holdout);
    }

    /// <summary>The expected distribution.</summary>
    public Partition Expected { get; }

    /// <summary>The probability to be exceeded.</summary>
    public double Probability { get; }

    /// <summary>The share held out for values that are not expected.</summary>
    public double Holdout { get; }

    /// <inheritdoc/>
    public override string Name => "chi_square";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        [.. Expected.Parameters, RuleParameter.Of("probability", Probability), RuleParameter.Of("holdout", Holdout)];

    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture, $"{Column} is distributed as expected with a probability above {Probability:R}");

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        if (!KeyEncoder.Fits(column))
            throw Unfit(Column, $"values of type {column.TypeName} cannot be counted.");
        return Observation.Merging(c => new CountState(column, c, (counted, counts) => Judge(column, counted, counts)));
    }

    private Verdict Judge(StoredColumn column, Verdict counted, List<ValueCount> counts)
    {
        var total = counts.Sum(c => c.Count);
        if (total == 0)
            return counted;
        var shares = ValueShares.Of(Expected, Holdout, column, counts);
        var result = shares.Expected.Contains(0)
            ? new TestResult(double.PositiveInfinity, 0)
            : DriftMeasures.ChiSquare([.. shares.Observed.Select(s => s * total)], shares.Expected);
        return Observation.Verdict(
            counted,
            result.PValue > Probability,
            Observation.Number(result.PValue),
            new VerdictField("statistic", Observation.Number(result.Statistic)),
            new VerdictField("observed_partition", shares.Json(shares.Observed)),
            new VerdictField("expected_partition", shares.Json(shares.Expected)));
    }
}
