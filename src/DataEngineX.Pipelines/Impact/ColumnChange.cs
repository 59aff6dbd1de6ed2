namespace DataEngineX.Pipelines;

/// <summary>A column of a target that a run would change.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">How.</param>
/// <param name="Was">Its type in the target, or null when there is none.</param>
/// <param name="Becomes">Its type in the flow, or null when there is none.</param>
/// <param name="IsBreaking">Whether the table cannot follow without losing rows or values.</param>
public sealed record ColumnChange(string Column, ColumnChangeKind Kind, string? Was, string? Becomes, bool IsBreaking)
{
    /// <summary>One line of a readable difference: <c>+</c> for what comes, <c>-</c> for what goes, <c>~</c> for what changes.</summary>
    public override string ToString() => Kind switch
    {
        ColumnChangeKind.Added => $"+ {Column}: {Becomes}",
        ColumnChangeKind.Missing => $"- {Column}: {Was}{(IsBreaking ? ", never null (breaking)" : "")}",
        ColumnChangeKind.Widened => $"~ {Column}: {Was} -> {Becomes} (wider)",
        ColumnChangeKind.Narrowed => $"~ {Column}: {Was} <- {Becomes} (fits)",
        ColumnChangeKind.Retyped => $"~ {Column}: {Was} -> {Becomes} (breaking)",
        _ => $"~ {Column}: computed otherwise",
    };
}
