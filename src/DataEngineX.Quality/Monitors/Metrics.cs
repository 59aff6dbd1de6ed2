namespace DataEngineX.Quality;

/// <summary>Names of metrics that a profile gives.</summary>
public static class Metrics
{
    /// <summary>The number of rows.</summary>
    public const string Rows = "rows";

    /// <summary>Rows that are a copy of an earlier one.</summary>
    public const string DuplicateRows = "duplicate_rows";

    /// <summary>The share of a column's rows without a value.</summary>
    public const string NullShare = "null_share";

    /// <summary>The distinct values of a column.</summary>
    public const string Distinct = "distinct";

    /// <summary>The mean of a column of numbers.</summary>
    public const string Mean = "mean";

    /// <summary>The sum of a column of numbers.</summary>
    public const string Sum = "sum";

    /// <summary>The standard deviation of a column of numbers.</summary>
    public const string StandardDeviation = "standard_deviation";

    /// <summary>The least value of a column of numbers.</summary>
    public const string Min = "min";

    /// <summary>The greatest value of a column of numbers.</summary>
    public const string Max = "max";

    /// <summary>The median of a column of numbers.</summary>
    public const string Median = "median";

    /// <summary>The share of a column's numbers that are zero.</summary>
    public const string ZeroShare = "zero_share";

    /// <summary>The mean length of a column of text.</summary>
    public const string MeanLength = "mean_length";

    /// <summary>The share of true of a column of booleans.</summary>
    public const string TrueShare = "true_share";

    private static readonly HashSet<string> OfRows = [Rows, DuplicateRows];

    private static readonly HashSet<string> OfColumns =
        [NullShare, Distinct, Mean, Sum, StandardDeviation, Min, Max, Median, ZeroShare, MeanLength, TrueShare];

    /// <summary>A metric of a profile; NaN where there are no values to take it of.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="metric">The metric, one of those named here.</param>
    /// <param name="column">The column, or null for a metric of the rows.</param>
    /// <exception cref="ArgumentException">There is no such metric, it needs a column or none, or the profile has no such column.</exception>
    public static double Of(Profile profile, string metric, string? column = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(metric);
        if (column is null)
        {
            return metric switch
            {
                Rows => profile.Rows,
                DuplicateRows => profile.DuplicateRows ?? double.NaN,
                _ when OfColumns.Contains(metric) => throw new ArgumentException($"The metric '{metric}' needs a column.", nameof(column)),
                _ => throw Unknown(metric),
            };
        }

        if (OfRows.Contains(metric))
            throw new ArgumentException($"The metric '{metric}' is one of the rows, not of column '{column}'.", nameof(column));
        if (!OfColumns.Contains(metric))
            throw Unknown(metric);
        var found = profile.Find(column)
            ?? throw new ArgumentException($"There is no column '{column}'; there are {string.Join(", ", profile.Columns.Select(c => c.Name))}.", nameof(column));
        return Of(found, metric) ?? double.NaN;
    }

    private static double? Of(ColumnProfile column, string metric) => metric switch
    {
        NullShare => column.Rows == 0 ? null : column.NullShare,
        Distinct => column.Distinct,
        Mean => column.Numbers?.Mean,
        Sum => column.Numbers?.Sum,
        StandardDeviation => column.Numbers?.StandardDeviation,
        Min => column.Numbers?.Min,
        Max => column.Numbers?.Max,
        Median => column.Numbers?.Quantile(0.5),
        ZeroShare => column.Numbers is { Count: > 0 } numbers ? (double)numbers.Zeros / numbers.Count : null,
        MeanLength => column.Text?.Lengths.Mean,
        _ => column.Rows > column.Nulls ? (double?)column.Trues / (column.Rows - column.Nulls) : null,
    };

    private static ArgumentException Unknown(string metric) =>
        new($"There is no metric '{metric}'; there are {string.Join(", ", OfRows.Concat(OfColumns))}.", nameof(metric));
}
