namespace DataEngineX.AspNetCore;

/// <summary>A bin of a histogram; of times its edges are in the unit of the column, of dates in days since 1970.</summary>
internal sealed record HistogramBinDto(double Lower, double Upper, long Count);
