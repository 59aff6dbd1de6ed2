namespace DataEngineX.Pipelines;

/// <summary>Why runs are started, beside <c>schedule</c>, <c>upstream</c>, <c>manual</c> and <c>start</c>.</summary>
public static class RunTriggers
{
    /// <summary>A backfill.</summary>
    public const string Backfill = "backfill";

    /// <summary>A replay of rows set aside.</summary>
    public const string Replay = "replay";
}
