namespace DataEngineX;

/// <summary>The names of the leases that hosts sharing a metadata store agree on.</summary>
public static class LeaseNames
{
    /// <summary>The lease that a run of a pipeline holds from before its record is written until after its final state is.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static string OfPipeline(string pipeline) => $"pipeline/{pipeline}";

    /// <summary>The lease that the host holds which makes a backfill of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static string OfBackfill(string pipeline) => $"backfill/{pipeline}";

    /// <summary>The lease that a run of some partitions of a pipeline holds while it works; it holds that of the pipeline only while it commits.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="partition">The partitions as they were ordered; empty for whichever are pending.</param>
    public static string OfPartition(string pipeline, string partition) => $"partition/{pipeline}/{partition}";
}
