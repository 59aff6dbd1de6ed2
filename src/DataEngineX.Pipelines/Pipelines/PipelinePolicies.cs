namespace DataEngineX.Pipelines;

/// <summary>What a pipeline promises and how its runs are tried. But for the contract not part of its fingerprint: such a policy changes no row.</summary>
/// <param name="Freshness">The promise about the target's age, or null.</param>
/// <param name="Retry">How often a run is tried, or null for once.</param>
/// <param name="Deadline">How long a run may take, all its attempts and waits included, or null for as long as it takes.</param>
public sealed record PipelinePolicies(FreshnessPolicy? Freshness = null, RetryPolicy? Retry = null, TimeSpan? Deadline = null)
{
    /// <summary>The column of the target that tells the partition of a row, or null for the partition column of the source.</summary>
    public string? PartitionColumn { get; init; }

    /// <summary>How a long run publishes its progress, or null for all of it at once.</summary>
    public CheckpointPolicy? Checkpoint { get; init; }

    /// <summary>How many rows may be set aside, or null for any number.</summary>
    public ErrorBudget? ErrorBudget { get; init; }

    /// <summary>The columns promised and what happens when the flow has others, or null for those of the table and nothing else; a table of silver or gold
    /// then gets no row from a flow that lacks one of them. Part of the fingerprint.</summary>
    public TableContract? Contract { get; init; }

    /// <summary>The columns of whose values the flow brings one row each, as <see cref="PipelineEnd.KeyedBy"/> says; null where the target or nobody sees to it.</summary>
    public IReadOnlyList<string>? Key { get; init; }

    /// <summary>Why the target has no key although its layer asks for one, or null.</summary>
    public string? Unkeyed { get; init; }

    /// <summary>No promise, one attempt, no deadline.</summary>
    public static PipelinePolicies None { get; } = new();

    internal PipelinePolicies WithContract(Action<ContractBuilder> contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var builder = new ContractBuilder();
        contract(builder);
        return this with { Contract = builder.Contract };
    }

    internal PipelinePolicies WithoutKey(string because)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        return this with { Unkeyed = because };
    }

    internal PipelinePolicies WithDeadline(TimeSpan deadline)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero);
        return this with { Deadline = deadline };
    }
}
