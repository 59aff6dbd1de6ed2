namespace DataEngineX.Quality;

/// <summary>The measure by which a column is graded.</summary>
public enum DriftMeasure
{
    /// <summary>The population stability index.</summary>
    PopulationStabilityIndex,

    /// <summary>The Jensen-Shannon distance.</summary>
    JensenShannon,

    /// <summary>The Hellinger distance.</summary>
    Hellinger,

    /// <summary>The statistic of the Kolmogorov-Smirnov test; numbers and times only.</summary>
    KolmogorovSmirnov,

    /// <summary>The p-value of the Kolmogorov-Smirnov test: the smaller, the further.</summary>
    KolmogorovSmirnovP,

    /// <summary>The p-value of the chi-square test over the bins: the smaller, the further.</summary>
    ChiSquareP,

    /// <summary>The Wasserstein distance over the baseline's standard deviation; numbers and times only.</summary>
    Wasserstein,
}
