namespace DataEngineX.CrashHost;

/// <summary>A row of the tables that chores are done on.</summary>
public sealed record Thing(long Id, long Value);
