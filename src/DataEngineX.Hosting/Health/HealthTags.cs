namespace DataEngineX.Hosting;

/// <summary>The tags by which probes choose health checks.</summary>
public static class HealthTags
{
    /// <summary>The process should be restarted when one of these is unhealthy; none depends on anything outside.</summary>
    public const string Live = "live";

    /// <summary>The host should get no traffic while one of these is unhealthy.</summary>
    public const string Ready = "ready";

    /// <summary>The host has not finished starting while one of these is unhealthy.</summary>
    public const string Startup = "startup";
}
