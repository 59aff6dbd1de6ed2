namespace DataEngineX.Pipelines;

/// <summary>What the distances of a <see cref="WindowFrame"/> count.</summary>
public enum WindowFrameUnit
{
    /// <summary>Rows.</summary>
    Rows,

    /// <summary>The difference of the numbers in the order key.</summary>
    Range,

    /// <summary>The difference of the times in the order key.</summary>
    Time,
}
