using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>An aggregate of a column lies between two bounds. Missing values are left out; without any value the aggregate is missing and lies in no bounds.</summary>
/// <remarks>
/// Bounds are inside unless strict; without bounds the rule only observes. Mean, median, sum and standard deviation need numbers (bool counts
/// as 0 and 1), minimum and maximum take text, dates and times too, the others any column that can be a key. A NaN that is a value makes
/// the aggregate NaN, which lies in no bounds. Median and the counts of different values hold all (different) values in memory.
/// </remarks>
public sealed class AggregateRule : ColumnRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="aggregate">What is computed.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    /// <exception cref="ArgumentException">A bound is NaN or of a type no column has.</exception>
    public AggregateRule(string column, ColumnAggregate aggregate, object? min, object? max, bool strictMin = false, bool strictMax = false)
        : base(column)
    {
        Aggregate = aggregate;
        _bounds = new BoundPair(min, max, strictMin, strictMax).Checked(Name);
    }

    /// <summary>What is computed.</summary>
    public ColumnAggregate Aggregate { get; }

    /// <summary>The lower bound, or null.</summary>
    public object? Min => _bounds.Min;

    /// <summary>The upper bound, or null.</summary>
    public object? Max => _bounds.Max;

    /// <summary>Whether the lower bound itself is too low.</summary>
    public bool StrictMin => _bounds.StrictMin;

    /// <summary>Whether the upper bound itself is too high.</summary>
    public bool StrictMax => _bounds.StrictMax;

    /// <inheritdoc/>
    public override string Name => NameOf(Aggregate);

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => _bounds.Parameters;

    /// <inheritdoc/>
    public override string Expectation => $"the {Name.Replace('_', ' ')} of {Column} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema) => Aggregate switch
    {
        ColumnAggregate.Min or ColumnAggregate.Max => BindExtreme(Find(schema)),
        ColumnAggregate.Median => BindMedian(Find(schema)),
        ColumnAggregate.Mean or ColumnAggregate.Sum or ColumnAggregate.StandardDeviation => BindMoments(FindNumber(schema)),
        _ => BindDistinct(Find(schema)),
    };

    internal static string NameOf(ColumnAggregate aggregate) => aggregate switch
    {
        ColumnAggregate.Min => "min",
        ColumnAggregate.Max => "max",
        ColumnAggregate.Mean => "mean",
        ColumnAggregate.Median => "median",
        ColumnAggregate.Sum => "sum",
        ColumnAggregate.StandardDeviation => "standard_deviation",
        ColumnAggregate.DistinctCount => "distinct_count",
        ColumnAggregate.DistinctShare => "distinct_share",
        ColumnAggregate.ApproximateDistinctCount => "approximate_distinct_count",
        _ => "entropy",
    };

    private BoundRule BindExtreme(StoredColumn column)
    {
        var greatest = Aggregate == ColumnAggregate.Max;
        switch (column.Kind)
        {
            case ColumnKind.Text:
                var text = Bounds.OfText(_bounds, Misfit);
                return Observation.Merging(c => new TextExtremeState(column, greatest, text));
            case ColumnKind.Double or ColumnKind.Null:
                var numbers = Bounds.OfNumber(_bounds, Misfit);
                return Observation.Merging(c => new ExtremeState<double>(column, greatest, numbers));
            case ColumnKind.Long:
                var stored = Bounds.OfStored(_bounds, column, Misfit);
                return Observation.Merging(c => new ExtremeState<long>(column, greatest, stored));
            case ColumnKind.Wide:
                var wide = Bounds.OfStored(_bounds, column, Misfit);
                return Observation.Merging(c => new ExtremeState<Int128>(column, greatest, wide));
            default:
                throw Misfit($"values of type {column.TypeName} have no order.");
        }
    }

    private BoundRule BindMedian(StoredColumn column)
    {
        if (column.IsNumber || column.Kind == ColumnKind.Null)
        {
            var numbers = Bounds.OfNumber(_bounds, Misfit);
            return column.Kind switch
            {
                ColumnKind.Long => Observation.Merging(c => new MedianState<long>(column, numbers, c)),
                ColumnKind.Wide => Observation.Merging(c => new MedianState<Int128>(column, numbers, c)),
                _ => Observation.Merging(c => new MedianState<double>(column, numbers, c)),
            };
        }

        if (column.Kind != ColumnKind.Long)
            throw Misfit($"values of type {column.TypeName} have no median.");
        var stored = Bounds.OfStored(_bounds, column, Misfit);
        return Observation.Merging(c => new MedianState<long>(column, stored, c));
    }

    private BoundRule BindMoments(StoredColumn column)
    {
        // A sum is exact where the column is, a mean or deviation is a number.
        if (Aggregate == ColumnAggregate.Sum && column.Kind is ColumnKind.Long or ColumnKind.Wide)
        {
            var exact = Bounds.OfStored(_bounds, column.Type is Apache.Arrow.Types.Decimal128Type ? column : column with { Type = Apache.Arrow.Types.Int64Type.Default }, Misfit);
            return Observation.Merging(c => new SumState(column, exact));
        }

        var bounds = Bounds.OfNumber(_bounds, Misfit);
        return Observation.Merging(c => new MomentState(column, Aggregate, bounds));
    }

    private BoundRule BindDistinct(StoredColumn column)
    {
        if (!KeyEncoder.Fits(column))
            throw Misfit($"values of type {column.TypeName} cannot be counted.");
        var bounds = Bounds.OfNumber(_bounds, Misfit);
        return Aggregate == ColumnAggregate.ApproximateDistinctCount
            ? Observation.Merging(c => new ApproximateDistinctState(column, bounds, c))
            : Observation.Merging(c => new DistinctState(column, Aggregate, bounds, c));
    }

    private PlanException Misfit(string reason) => Unfit(Column, reason);
}
