namespace DataEngineX;

/// <summary>The names of the leases that hosts sharing a metadata store agree on.</summary>
public static class LeaseNames
{
    /// <summary>The lease that a run of a pipeline holds from before its record is written until after its final state is.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static string OfPipeline(string pipeline) => $"pipeline/{pipeline}";
}
