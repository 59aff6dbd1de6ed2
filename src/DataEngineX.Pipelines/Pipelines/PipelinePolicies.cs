namespace DataEngineX.Pipelines;

/// <summary>What a pipeline promises and how its runs are tried. Not part of its fingerprint: a policy changes no row.</summary>
/// <param name="Freshness">The promise about the target's age, or null.</param>
/// <param name="Retry">How often a run is tried, or null for once.</param>
/// <param name="Deadline">How long a run may take, all its attempts and waits included, or null for as long as it takes.</param>
public sealed record PipelinePolicies(FreshnessPolicy? Freshness = null, RetryPolicy? Retry = null, TimeSpan? Deadline = null)
{
    /// <summary>The column of the target that tells the partition of a row, or null for the partition column of the source.</summary>
    public string? PartitionColumn { get; init; }

    /// <summary>How many rows may be set aside, or null for any number.</summary>
    public ErrorBudget? ErrorBudget { get; init; }

    /// <summary>No promise, one attempt, no deadline.</summary>
    public static PipelinePolicies None { get; } = new();

    internal PipelinePolicies WithDeadline(TimeSpan deadline)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero);
        return this with { Deadline = deadline };
    }
}
