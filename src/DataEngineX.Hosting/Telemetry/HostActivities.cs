using System.Diagnostics;

namespace DataEngineX.Hosting.Telemetry;

/// <summary>The source of the host's spans.</summary>
internal static class HostActivities
{
    public static ActivitySource Source { get; } = new(DataEngineXDiagnostics.Hosting);
}
