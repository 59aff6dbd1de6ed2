namespace DataEngineX.Hosting;

/// <summary>How a host runs its pipelines.</summary>
public sealed class DataEngineXHostOptions
{
    /// <summary>Runs at work at once in this host; one pipeline never runs twice at once. <value>Default: the number of cores.</value></summary>
    public int MaxParallelRuns { get; set; } = Environment.ProcessorCount;

    /// <summary>Runs that may wait for a place. A further one is refused. <value>Default: 1,000.</value></summary>
    public int MaxWaitingRuns { get; set; } = 1_000;

    /// <summary>
    /// How often, in real time, pipelines that follow their upstream look for commits of other processes. <value>Default: 30 seconds.</value>
    /// </summary>
    public TimeSpan UpstreamCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often, in real time, runs of dead hosts are looked for. <value>Default: 30 seconds.</value>
    /// </summary>
    public TimeSpan OrphanCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long before the end of the host's shutdown timeout runs still at work are cancelled, so that they can give back what they hold.
    /// <value>Default: 5 seconds, and never more than a quarter of the timeout.</value>
    /// </summary>
    public TimeSpan DrainMargin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A scheduler that gave no sign for this long, in real time, is held to hang. <value>Default: 60 seconds.</value></summary>
    public TimeSpan SchedulerSilence { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Where alerts go: an https address, or http on the loopback. <value>Default: null, nowhere.</value></summary>
    public Uri? AlertWebhook { get; set; }
}
