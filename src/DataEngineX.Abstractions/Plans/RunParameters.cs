namespace DataEngineX.Plans;

/// <summary>What is known only when a run starts; never part of a fingerprint.</summary>
/// <param name="Clock">The instant at which the run started, by the host's clock.</param>
/// <param name="Seed">The seed of everything random in the run.</param>
public sealed record RunParameters(DateTimeOffset Clock, long Seed = 0)
{
    /// <summary>The instant at which the run started, in whole microseconds: what the columns of instants can hold.</summary>
    public DateTimeOffset Clock { get; init => field = Whole(value); } = Whole(Clock);

    /// <summary>The id of the run. <value>Default: empty, outside of runs.</value></summary>
    public string RunId { get; init; } = "";

    private static DateTimeOffset Whole(DateTimeOffset clock) => clock.AddTicks(-(clock.Ticks % TimeSpan.TicksPerMicrosecond));
}
