namespace DataEngineX.Hosting.Running;

/// <summary>How a pipeline stands in the queue of a host. Of two equal ones with none at work, nothing has run between them.</summary>
/// <param name="IsWaiting">Whether a run of it waits.</param>
/// <param name="IsAtWork">Whether a run of it is at work.</param>
/// <param name="Ended">How many runs of it have ended.</param>
internal readonly record struct QueueStand(bool IsWaiting, bool IsAtWork, long Ended);
