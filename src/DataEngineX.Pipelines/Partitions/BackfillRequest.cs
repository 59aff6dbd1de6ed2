namespace DataEngineX.Pipelines;

/// <summary>An order to compute partitions that are not done.</summary>
/// <param name="Pipeline">The pipeline.</param>
public sealed record BackfillRequest(string Pipeline)
{
    /// <summary>The name of the first partition. <value>Default: null, the first of all.</value></summary>
    public string? From { get; init; }

    /// <summary>The name of the last partition. <value>Default: null, the last that has ended.</value></summary>
    public string? To { get; init; }

    /// <summary>The most runs at once. <value>Default: 1.</value></summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>The most neighbouring partitions that one run computes. <value>Default: 1.</value></summary>
    public long PartitionsPerRun { get; init; } = 1;

    /// <summary>Whether only what failed before runs, each with the very partitions of the run that failed. <value>Default: false.</value></summary>
    public bool OnlyFailed { get; init; }

    /// <summary>Whether partitions that are done run again. <value>Default: false.</value></summary>
    public bool Again { get; init; }

    /// <summary>The id of the backfill that this order takes up again: partitions that a run of it has computed already are left out, also where <see cref="Again"/> is set.
    /// <value>Default: null, it is a new one.</value></summary>
    public string? Resumes { get; init; }
}
