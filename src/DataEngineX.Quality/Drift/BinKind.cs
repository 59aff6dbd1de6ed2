namespace DataEngineX.Quality;

/// <summary>How numbers and times are put into bins.</summary>
public enum BinKind
{
    /// <summary>Edges are quantiles of the baseline, so that it fills all bins evenly.</summary>
    Quantiles,

    /// <summary>Bins of equal width from the baseline's least to its greatest value.</summary>
    EqualWidth,
}
