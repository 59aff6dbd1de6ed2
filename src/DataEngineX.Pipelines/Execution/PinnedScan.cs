namespace DataEngineX.Pipelines;

/// <summary>What a scan reads in one run.</summary>
internal sealed record PinnedScan(InputVersion Input, bool IsIncremental);
