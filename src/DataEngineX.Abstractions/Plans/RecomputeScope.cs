namespace DataEngineX.Plans;

/// <summary>What of the input an operator must see again so that running it on new rows alone gives what a full run would give.</summary>
/// <param name="Kind">The kind of scope.</param>
/// <param name="Columns">The key columns, for <see cref="RecomputeKind.AffectedKeys"/>.</param>
public sealed record RecomputeScope(RecomputeKind Kind, IReadOnlyList<string> Columns)
{
    /// <summary>Each output row comes from one input row: nothing has to be seen again.</summary>
    public static RecomputeScope RowLocal { get; } = new(RecomputeKind.RowLocal, []);

    /// <summary>The operator looks at the rows of one run on purpose, and says so.</summary>
    public static RecomputeScope ThisRun { get; } = new(RecomputeKind.ThisRun, []);

    /// <summary>All rows that have the same values in some columns as a row that came, changed or went; without columns the whole input.</summary>
    /// <param name="columns">Columns of the input, as they are.</param>
    public static RecomputeScope Affected(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Count == 0 ? WholeInput : new RecomputeScope(RecomputeKind.AffectedKeys, columns);
    }

    /// <summary>The whole input; above an incremental read this does not bind.</summary>
    public static RecomputeScope WholeInput { get; } = new(RecomputeKind.WholeInput, []);
}
