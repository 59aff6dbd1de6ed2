namespace DataEngineX.Testing.Conformance;

/// <summary>How a target of <see cref="DispositionConformance"/> is to write.</summary>
/// <param name="Disposition">What happens to rows that are there.</param>
/// <param name="Key">The key columns.</param>
public sealed record DispositionWrite(WriteDisposition Disposition, IReadOnlyList<string> Key)
{
    /// <summary>The clauses of a merge.</summary>
    public IReadOnlyList<MergeClause> Clauses { get; init; } = [];

    /// <summary>The columns of a history.</summary>
    public HistoryColumns History { get; init; } = new();

    /// <summary>The column by which the newest row of a key is told.</summary>
    public string? NewestBy { get; init; }
}
