using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>How far the categories of two columns go together (Cramér's V, 0 to 1) lies between two bounds. Rows in which one is missing are left out.</summary>
/// <remarks>It is missing, and in no bounds, where one of the columns has fewer than two values. Columns have at most 1,000 different values each.</remarks>
public sealed class AssociationRule : SeveralColumnsRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound, 0 to 1; null for none.</param>
    /// <param name="max">The upper bound, 0 to 1; null for none.</param>
    public AssociationRule(string first, string second, double? min, double? max)
        : base([first, second], 2, IgnoredRows.AnyMissing) => _bounds = new BoundPair(min, max).Checked("association");

    /// <summary>The lower bound, or null.</summary>
    public double? Min => (double?)_bounds.Min;

    /// <summary>The upper bound, or null.</summary>
    public double? Max => (double?)_bounds.Max;

    /// <inheritdoc/>
    public override string Name => "association";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("min", Min), RuleParameter.Of("max", Max)];

    /// <inheritdoc/>
    public override string Expectation => $"the association of {List} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        if (columns.FirstOrDefault(c => !KeyEncoder.Fits(c)) is { } unfit)
            throw Unfit(unfit.Name, $"values of type {unfit.TypeName} cannot be counted.");
        var bounds = Bounds.OfNumber(_bounds, r => Unfit(Columns[0], r));
        return Observation.Merging(c => new AssociationState(columns[0], columns[1], bounds, c));
    }
}
