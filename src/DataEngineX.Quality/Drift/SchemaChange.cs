namespace DataEngineX.Quality;

/// <summary>A change of a schema.</summary>
/// <param name="Column">The column by its old name, or by its new one when it is new.</param>
/// <param name="Kind">How it changed.</param>
/// <param name="Class">What that means to readers.</param>
/// <param name="Before">What it was: type, name, position or nullability; null for a new column.</param>
/// <param name="After">What it is; null for one that is gone.</param>
public sealed record SchemaChange(string Column, SchemaDriftKind Kind, SchemaDriftClass Class, string? Before, string? After)
{
    /// <summary>A line.</summary>
    public override string ToString() => $"{Column}: {Kind} ({Class}){(Before ?? After) switch
    {
        null => "",
        _ => $", {Before ?? "nothing"} -> {After ?? "nothing"}",
    }}";
}
