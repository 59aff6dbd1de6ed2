namespace DataEngineX.Quality;

/// <summary>Which side of what is expected is an anomaly.</summary>
public enum AnomalyDirection
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>Values that are too high.</summary>
    Spike,

    /// <summary>Values that are too low.</summary>
    Drop,
}
