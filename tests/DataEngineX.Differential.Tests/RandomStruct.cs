namespace DataEngineX.Differential.Tests;

/// <summary>A value of a struct column.</summary>
internal sealed record RandomStruct(int? X, bool? Y);
