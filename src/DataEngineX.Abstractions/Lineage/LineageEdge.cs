namespace DataEngineX;

/// <summary>A dependency on a column of a node's input.</summary>
/// <param name="Input">The index of the input.</param>
/// <param name="Column">The input column.</param>
/// <param name="Kind">How the output depends on it.</param>
public sealed record LineageEdge(int Input, string Column, LineageKind Kind);
