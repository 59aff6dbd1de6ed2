using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The numbers of a column could well have been drawn from an expected distribution: the Kolmogorov-Smirnov test of one sample gives them a
/// probability above a number. Missing values are left out; NaN that is a value has no probability.
/// </summary>
/// <remarks>The p-value is exact. All values are kept in memory, within the run's budget, when the verdict is found.</remarks>
public sealed class KolmogorovSmirnovRule : ColumnRule
{
    private const int Most = 1_000_000;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, numeric.</param>
    /// <param name="expected">The expected distribution.</param>
    /// <param name="probability">The probability (p-value) to be exceeded, 0 to 1. <value>Default: 0.05.</value></param>
    /// <param name="resampling">
    /// How small samples are tested in place of all values; the share of them that reaches the probability is then what is to exceed it.
    /// <value>Default: null, all values are tested once.</value>
    /// </param>
    /// <exception cref="ArgumentException">A number is none of those allowed.</exception>
    public KolmogorovSmirnovRule(string column, ExpectedDistribution expected, double probability = 0.05, Resampling? resampling = null)
        : base(column)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentException("A probability is greater than or equal to 0 and less than or equal to 1.", nameof(probability));
        if (resampling is not null && (resampling.Samples is < 1 or > Most || resampling.Size is < 1 or > Most))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Samples are 1 to {Most}, each of 1 to {Most} values."), nameof(resampling));
        (Expected, Probability, Resampling) = (expected, probability, resampling);
    }

    /// <summary>The expected distribution.</summary>
    public ExpectedDistribution Expected { get; }

    /// <summary>The probability to be exceeded.</summary>
    public double Probability { get; }

    /// <summary>How small samples are tested; null where all values are, once.</summary>
    public Resampling? Resampling { get; }

    /// <inheritdoc/>
    public override string Name => "kolmogorov_smirnov";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        .. Expected.RuleParameters,
        RuleParameter.Of("probability", Probability),
        .. Resampling is null ? (RuleParameter[])[] : [RuleParameter.Of("samples", Resampling.Samples), RuleParameter.Of("sample_size", Resampling.Size)],
    ];

    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture,
        $"{Column} is distributed as {Expected}{(Resampling is null ? "" : $", by {Resampling.Samples} samples")}, with a probability above {Probability:R}");

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = FindNumber(schema);
        return Observation.Merging(c => new KolmogorovSmirnovState(this, column, c));
    }
}
