namespace DataEngineX.Pipelines;

/// <summary>What a run would read of one dataset.</summary>
/// <param name="Input">The exact version.</param>
/// <param name="Size">Rows and bytes expected under the conditions that reach the source: exact where its statistics tell, else at most so many.</param>
public sealed record ExpectedInput(InputVersion Input, SourceSize Size);
