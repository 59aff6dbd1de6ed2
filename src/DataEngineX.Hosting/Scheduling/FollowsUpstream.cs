namespace DataEngineX.Hosting.Scheduling;

/// <summary>A pipeline that runs when something it reads got a new commit.</summary>
internal sealed record FollowsUpstream(string Pipeline);
