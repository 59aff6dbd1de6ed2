namespace DataEngineX.Quality;

/// <summary>A bin of a histogram.</summary>
/// <param name="Lower">Its lower edge; of times in the unit of the column, of dates in days since 1970.</param>
/// <param name="Upper">Its upper edge.</param>
/// <param name="Count">The values in it; with sketches an estimate. The counts of all bins add up to the number of finite values.</param>
/// <param name="LowerText">The lower edge as text.</param>
public sealed record HistogramBin(double Lower, double Upper, long Count, string LowerText);
