namespace DataEngineX.Quality;

/// <summary>A quantile and the bounds it lies in, both inside.</summary>
/// <param name="Quantile">The quantile, 0 to 1.</param>
/// <param name="Min">The lower bound; null for none.</param>
/// <param name="Max">The upper bound; null for none.</param>
public sealed record QuantileBand(double Quantile, object? Min, object? Max);
