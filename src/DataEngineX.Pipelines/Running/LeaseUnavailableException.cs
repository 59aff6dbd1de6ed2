namespace DataEngineX.Pipelines;

/// <summary>A pipeline that could not be run because a run of it is at work elsewhere.</summary>
public sealed class LeaseUnavailableException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public LeaseUnavailableException(string pipeline)
        : base($"Another run of '{pipeline}' is at work; it keeps renewing its lease.") => Pipeline = pipeline;

    /// <summary>The pipeline.</summary>
    public string Pipeline { get; }

    /// <summary>True: the other run will end.</summary>
    public override bool IsTransient => true;
}
