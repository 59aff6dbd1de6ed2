namespace DataEngineX;

/// <summary>A row that a reader refused, as its quarantine holds it.</summary>
/// <param name="File">The file or page it stood in.</param>
/// <param name="Line">The 1-based line on which it started there; 0 for an object that was refused whole.</param>
/// <param name="Text">The record as it stood there, or as somebody has mended it in the quarantine since; the key of an object.</param>
/// <param name="Header">The names of the fields, where the file had them; null elsewhere.</param>
public sealed record RefusedRow(string File, long Line, string Text, IReadOnlyList<string>? Header);
