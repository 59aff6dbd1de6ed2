namespace DataEngineX.Pipelines;

/// <summary>How far a run is.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RowsRead">Rows read from all sources.</param>
/// <param name="RowsTaken">Rows taken by the target.</param>
/// <param name="BytesRead">Bytes of the batches read from all sources.</param>
/// <param name="BytesHeld">Bytes held by the run's allocator.</param>
/// <param name="Elapsed">Since the start.</param>
/// <param name="RowsExpected">Rows the sources are expected to yield, or null when one does not know.</param>
public sealed record RunProgress(
    string RunId, long RowsRead, long RowsTaken, long BytesRead, long BytesHeld, TimeSpan Elapsed, long? RowsExpected)
{
    /// <summary>The share of the input that has been read, 0 to 1, or null when the sources do not know their size.</summary>
    public double? Fraction => RowsExpected is > 0 and var expected ? Math.Min(1, (double)RowsRead / expected) : null;

    /// <summary>The time left if the rest takes as long a row as what is done, or null when that cannot be told.</summary>
    public TimeSpan? Remaining => Fraction is > 0 and var done ? Elapsed * ((1 - done) / done) : null;
}
