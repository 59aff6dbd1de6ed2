using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>How far a run at work is. What cannot be told is null: the sources do not know how much they hold.</summary>
internal sealed record ProgressDto(
    long RowsRead, long? RowsExpected, long RowsTaken, long BytesRead, double? Fraction, double ElapsedSeconds, double? RemainingSeconds)
{
    public static ProgressDto Of(RunProgress progress) => new(
        progress.RowsRead,
        progress.RowsExpected,
        progress.RowsTaken,
        progress.BytesRead,
        progress.Fraction,
        progress.Elapsed.TotalSeconds,
        progress.Remaining?.TotalSeconds);
}
