namespace DataEngineX.CrashHost;

/// <summary>Another writer that commits at the worst moment: after this one has looked for conflicts, before it puts its log entry.</summary>
internal sealed class Rival(IFailpoints failpoints, Func<Task> commits) : IFailpoints
{
    private Func<Task>? _commits = commits;

    public async ValueTask HitAsync(string name, CancellationToken cancellationToken = default)
    {
        if (name == FailpointNames.BeforeLogEntry && Interlocked.Exchange(ref _commits, null) is { } rival)
            await rival();
        await failpoints.HitAsync(name, cancellationToken);
    }
}
