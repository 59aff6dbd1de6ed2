namespace DataEngineX.Hosting.Scheduling;

/// <summary>A pipeline that runs when the host has started.</summary>
internal sealed record RunsAtStart(string Pipeline);
