namespace DataEngineX.Pipelines;

/// <summary>What a run cost.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="LeakedBytes">Bytes its allocator still held at the end: 0, or an operator forgot to dispose a batch.</param>
/// <param name="PeakBytes">The most bytes held at once.</param>
/// <param name="Operators">What each operator did.</param>
/// <param name="Explain">The plan as it ran with what each operator did, as text; empty when nothing was run.</param>
public sealed record RunStatistics(
    string RunId, string Pipeline, TimeSpan Elapsed, long LeakedBytes, long PeakBytes, IReadOnlyList<OperatorStatistics> Operators, string Explain);
