namespace DataEngineX.Quality;

/// <summary>What a quantile is that falls between two values.</summary>
public enum QuantileInterpolation
{
    /// <summary>The nearer value, and of two equally near ones that at the even position.</summary>
    Nearest,

    /// <summary>In proportion between the two.</summary>
    Linear,

    /// <summary>The lower value.</summary>
    Lower,

    /// <summary>The higher value.</summary>
    Higher,

    /// <summary>The mean of the two.</summary>
    Midpoint,
}
