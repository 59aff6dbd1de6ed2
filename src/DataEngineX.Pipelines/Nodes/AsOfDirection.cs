namespace DataEngineX.Pipelines;

/// <summary>In which direction an as-of join looks for the row of the right side.</summary>
public enum AsOfDirection
{
    /// <summary>The latest right row that is not after the left row.</summary>
    Backward,

    /// <summary>The earliest right row that is not before the left row.</summary>
    Forward,

    /// <summary>The right row with the least distance in time; of two that are equally near, the earlier one.</summary>
    Nearest,
}
