namespace DataEngineX.Quality;

/// <summary>How two columns go together.</summary>
public sealed record ColumnPair
{
    /// <summary>The first column.</summary>
    public required string Left { get; init; }

    /// <summary>The second column.</summary>
    public required string Right { get; init; }

    /// <summary>Pearson's correlation over the rows in which both are finite; null for other types, or when one does not vary.</summary>
    public double? Pearson { get; init; }

    /// <summary>Spearman's rank correlation, ties with their mean rank; null for other types, or when one does not vary.</summary>
    public double? Spearman { get; init; }

    /// <summary>Cramér's V without correction, for text and booleans of 2 to 50 values; null otherwise.</summary>
    public double? CramersV { get; init; }

    /// <summary>Rows in which both have no value.</summary>
    public long NullsTogether { get; init; }

    /// <summary>The correlation of having no value (phi); null when one column always or never has one.</summary>
    public double? NullCorrelation { get; init; }

    /// <summary>The rows that <see cref="Spearman"/> and <see cref="CramersV"/> come from: all, or 10,000 drawn from them.</summary>
    public long SampleRows { get; init; }
}
