namespace DataEngineX.ML;

/// <summary>A mean with the bounds of its interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public sealed record MeanInterval(double Mean, double Low, double High)
{
    /// <summary>Whether zero lies outside the interval.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}
