namespace DataEngineX.Pipelines;

/// <summary>What a run would read of one dataset.</summary>
/// <param name="Input">The exact version.</param>
/// <param name="Size">Rows and bytes expected, a guess from statistics; of an incremental read at most so many.</param>
public sealed record ExpectedInput(InputVersion Input, SourceSize Size);
