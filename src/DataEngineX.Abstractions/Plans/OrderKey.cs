namespace DataEngineX.Plans;

/// <summary>One key of a row order.</summary>
/// <param name="Column">The column.</param>
/// <param name="Descending">Largest first. <value>Default: false.</value></param>
/// <param name="NullsFirst">Nulls before all values. <value>Default: false, nulls last.</value></param>
public sealed record OrderKey(string Column, bool Descending = false, bool NullsFirst = false)
{
    /// <summary>The canonical text.</summary>
    public override string ToString() => $"{CanonicalWriter.Quote(Column)}{(Descending ? " desc" : "")}{(NullsFirst ? " nulls first" : "")}";
}
