using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>An aggregate of two columns lies between two bounds; rows in which one of them is missing are left out.</summary>
public abstract class PairAggregateRule : SeveralColumnsRule
{
    private readonly BoundPair _bounds;

    private protected PairAggregateRule(string first, string second, double? min, double? max, string name)
        : base([first, second], 2, IgnoredRows.AnyMissing) => _bounds = new BoundPair(min, max).Checked(name);

    /// <summary>The lower bound, or null.</summary>
    public double? Min => (double?)_bounds.Min;

    /// <summary>The upper bound, or null.</summary>
    public double? Max => (double?)_bounds.Max;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("min", Min), RuleParameter.Of("max", Max)];

    /// <inheritdoc/>
    public sealed override string Expectation => $"the {Name.Replace('_', ' ')} of {List} is {_bounds}";

    /// <inheritdoc/>
    public sealed override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        foreach (var column in columns)
        {
            if (Misfit(column) is { } reason)
                throw Unfit(column.Name, reason);
        }

        var bounds = Bounds.OfNumber(_bounds, r => Unfit(Columns[0], r));
        return Observation.Merging(c => CreateState(columns, bounds, c));
    }

    /// <summary>Why a column does not fit; null when it does.</summary>
    private protected abstract string? Misfit(StoredColumn column);

    private protected abstract RuleState CreateState(StoredColumn[] columns, Bounds bounds, RuleContext context);
}
