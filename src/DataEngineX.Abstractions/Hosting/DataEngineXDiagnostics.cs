namespace DataEngineX;

/// <summary>The names under which activities and metrics are published.</summary>
public static class DataEngineXDiagnostics
{
    /// <summary>Source and meter of runs and operators.</summary>
    public const string Pipelines = "DataEngineX.Pipelines";

    /// <summary>Source and meter of scheduler, alerts and host.</summary>
    public const string Hosting = "DataEngineX.Hosting";

    /// <summary>Source and meter of training and scoring.</summary>
    public const string ML = "DataEngineX.ML";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [Pipelines, Hosting, ML];
}
