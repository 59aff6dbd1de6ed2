namespace DataEngineX.Compute;

/// <summary>One key of a row order: a column by its number, and its direction.</summary>
internal readonly record struct RowOrder(int Column, bool Descending, bool NullsFirst);
