namespace DataEngineX.Quality;

/// <summary>How the p-value of a Kolmogorov-Smirnov test of two samples is found.</summary>
public enum KolmogorovSmirnovForm
{
    /// <summary>Exact up to 10,000 values in the larger sample, then asymptotic.</summary>
    Auto,

    /// <summary>Exact: the share of orders of both samples, without ties, that lie at least so far apart. The work grows with the product of the sizes.</summary>
    Exact,

    /// <summary>That of one sample of n m / (n + m) values, rounded.</summary>
    Asymptotic,
}
