using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The numbers of a column and those of a column of another dataset could well have been drawn from one distribution: the Kolmogorov-Smirnov test
/// of two samples gives them a probability above a number. Missing values are left out; NaN that is a value has no probability.
/// </summary>
/// <remarks>
/// The p-value is exact up to 10,000 values in the larger column, then asymptotic, as scipy has it. All values of both are kept in memory, within the
/// run's budget, when the verdict is found.
/// </remarks>
public sealed class SameDistributionRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, numeric.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumn">The column there, numeric. <value>Default: null, that of the same name.</value></param>
    /// <param name="probability">The probability (p-value) to be exceeded, 0 to 1. <value>Default: 0.05.</value></param>
    /// <exception cref="ArgumentException">The probability is none.</exception>
    public SameDistributionRule(string column, string reference, string? referenceColumn = null, double probability = 0.05)
        : base(column)
    {
        ArgumentException.ThrowIfNullOrEmpty(reference);
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentException("A probability is greater than or equal to 0 and less than or equal to 1.", nameof(probability));
        (Reference, ReferenceColumn, Probability) = (reference, referenceColumn ?? column, probability);
    }

    /// <summary>The name of the other dataset.</summary>
    public string Reference { get; }

    /// <summary>The column there.</summary>
    public string ReferenceColumn { get; }

    /// <summary>The probability to be exceeded.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override string Name => "same_distribution";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => [Reference];

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("reference", Reference), RuleParameter.Of("reference_column", ReferenceColumn), RuleParameter.Of("probability", Probability),
    ];

    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture, $"{Column} is distributed as {ReferenceColumn} of {Reference}, with a probability above {Probability:R}");

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        var own = FindNumber(schema);
        var there = ReferenceContext.SchemaOf(context, this, Reference);
        var other = StoredColumn.Of(there, ReferenceContext.OrdinalOf(there, this, Reference, ReferenceColumn));
        if (!other.IsNumber && other.Kind != ColumnKind.Null)
            throw Unfit(Column, $"'{ReferenceColumn}' of '{Reference}' must be numeric, not {other.TypeName}.");
        return new Bound(this, own, other, there);
    }

    private sealed class Bound(SameDistributionRule rule, StoredColumn own, StoredColumn other, Schema there) : ReferencedRule(rule.Reference, [rule.ReferenceColumn])
    {
        public override bool MarksRows => false;

        public override bool InOrder => false;

        public override ReferenceReader CreateReader(RuleContext context) => new NumbersReader(other, there, context);

        public override RuleState CreateState(RuleContext context) => new SameDistributionState(rule, own, context.References?.Of(this) as NumbersReader, context);
    }
}
