namespace DataEngineX.Hosting.Running;

/// <summary>A run ordered and not yet begun.</summary>
/// <param name="Request">The order, its run id set.</param>
/// <param name="Since">When it was ordered, by the host's clock.</param>
internal sealed record WaitingRun(RunRequest Request, DateTimeOffset Since)
{
    public RunRecord ToRecord() => new()
    {
        Id = Request.RunId!,
        Pipeline = Request.Pipeline,
        State = RunState.Running,
        Trigger = Request.Trigger,
        Partition = Request.Partition,
        StartedAt = Since,
    };
}
