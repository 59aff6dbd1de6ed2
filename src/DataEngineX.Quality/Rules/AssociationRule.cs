using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>How far the categories of two columns go together (Cramér's V, 0 to 1) lies between two bounds.</summary>
/// <remarks>
/// Values are categories, at most 1,000 a column, or are put into bins. Rows in which one value is missing are left out, unless missing is a category too.
/// The association is missing, and in no bounds, where one of the columns has fewer than two categories.
/// </remarks>
public sealed class AssociationRule : SeveralColumnsRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound, 0 to 1; null for none.</param>
    /// <param name="max">The upper bound, 0 to 1; null for none.</param>
    /// <param name="firstBins">How values of the first column are put together. <value>Default: null, each is a category.</value></param>
    /// <param name="secondBins">How values of the second column are put together. <value>Default: null, each is a category.</value></param>
    /// <param name="missingIsValue">Whether missing is a category. <value>Default: false.</value></param>
    /// <param name="corrected">Whether a table of two by two is corrected for continuity (Yates). <value>Default: false.</value></param>
    public AssociationRule(
        string first,
        string second,
        double? min,
        double? max,
        ColumnBins? firstBins = null,
        ColumnBins? secondBins = null,
        bool missingIsValue = false,
        bool corrected = false)
        : base([first, second], 2, IgnoredRows.AnyMissing)
    {
        _bounds = new BoundPair(min, max).Checked("association");
        (FirstBins, SecondBins, MissingIsValue, IsCorrected) = (firstBins, secondBins, missingIsValue, corrected);
    }

    /// <summary>The lower bound, or null.</summary>
    public double? Min => (double?)_bounds.Min;

    /// <summary>The upper bound, or null.</summary>
    public double? Max => (double?)_bounds.Max;

    /// <summary>How values of the first column are put together, or null.</summary>
    public ColumnBins? FirstBins { get; }

    /// <summary>How values of the second column are put together, or null.</summary>
    public ColumnBins? SecondBins { get; }

    /// <summary>Whether missing is a category.</summary>
    public bool MissingIsValue { get; }

    /// <summary>Whether a table of two by two is corrected for continuity.</summary>
    public bool IsCorrected { get; }

    /// <inheritdoc/>
    public override string Name => "association";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("min", Min),
        RuleParameter.Of("max", Max),
        .. FirstBins is null ? (RuleParameter[])[] : [FirstBins.Parameter("first_bins")],
        .. SecondBins is null ? (RuleParameter[])[] : [SecondBins.Parameter("second_bins")],
        .. MissingIsValue ? (RuleParameter[])[RuleParameter.Of("missing_is_value", true)] : [],
        .. IsCorrected ? (RuleParameter[])[RuleParameter.Of("corrected", true)] : [],
    ];

    /// <inheritdoc/>
    public override string Expectation => $"the association of {List} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        foreach (var (column, bins) in columns.Zip((ColumnBins?[])[FirstBins, SecondBins]))
        {
            if (!KeyEncoder.Fits(column))
                throw Unfit(column.Name, $"values of type {column.TypeName} cannot be counted.");
            if (bins?.Edges is not null && !ColumnBins.AreIntervals(column) && column.Kind != ColumnKind.Null)
                throw Unfit(column.Name, $"values of type {column.TypeName} lie in no intervals; give groups of them, or how many are told apart.");
        }

        var bounds = Bounds.OfNumber(_bounds, r => Unfit(Columns[0], r));
        return Observation.Merging(c => new AssociationState(this, columns[0], columns[1], bounds, c));
    }
}
