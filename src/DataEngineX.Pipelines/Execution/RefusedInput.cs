namespace DataEngineX.Pipelines;

/// <summary>An input that was refused whole.</summary>
/// <param name="Source">The source that it is one of; null where no scan has reported it.</param>
/// <param name="Error">Which one, and why.</param>
internal sealed record RefusedInput(BatchSource? Source, SourceRefusedException Error);
