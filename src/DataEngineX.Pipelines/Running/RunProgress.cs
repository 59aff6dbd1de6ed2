namespace DataEngineX.Pipelines;

/// <summary>How far a run is.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RowsRead">Rows read from all sources.</param>
/// <param name="RowsTaken">Rows taken by the target.</param>
/// <param name="BytesHeld">Bytes held by the run's allocator.</param>
/// <param name="Elapsed">Since the start.</param>
public sealed record RunProgress(string RunId, long RowsRead, long RowsTaken, long BytesHeld, TimeSpan Elapsed);
