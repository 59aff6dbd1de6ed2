namespace DataEngineX.Pipelines;

/// <summary>A side of a join.</summary>
public enum JoinSide
{
    /// <summary>The left side.</summary>
    Left,

    /// <summary>The right side.</summary>
    Right,
}
