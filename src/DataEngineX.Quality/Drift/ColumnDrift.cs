namespace DataEngineX.Quality;

/// <summary>How far a column is from its baseline. Nulls and NaN take no part in the measures of distribution.</summary>
public sealed record ColumnDrift
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The grade.</summary>
    public required DriftGrade Grade { get; init; }

    /// <summary>A sentence that tells why.</summary>
    public required string Reason { get; init; }

    /// <summary>The share of nulls before and after.</summary>
    public (double Before, double After) NullShare { get; init; }

    /// <summary>The number of distinct values before and after.</summary>
    public (long? Before, long? After) Distinct { get; init; }

    /// <summary>The mean before and after; null for columns that are no numbers.</summary>
    public (double? Before, double? After) Mean { get; init; }

    /// <summary>The bins of the comparison; empty when it could not be made.</summary>
    public IReadOnlyList<DriftBin> Bins { get; init; } = [];

    /// <summary>The population stability index; null when there was nothing to compare.</summary>
    public double? PopulationStabilityIndex { get; init; }

    /// <summary>The Jensen-Shannon distance.</summary>
    public double? JensenShannon { get; init; }

    /// <summary>The Hellinger distance.</summary>
    public double? Hellinger { get; init; }

    /// <summary>The chi-square test over the bins.</summary>
    public TestResult? ChiSquare { get; init; }

    /// <summary>
    /// The Kolmogorov-Smirnov test of numbers and times, with the asymptotic p-value; where quantiles are sketched, the statistic may be off by
    /// the error of both sketches.
    /// </summary>
    public TestResult? KolmogorovSmirnov { get; init; }

    /// <summary>The Wasserstein distance of numbers and times, in the unit of the column.</summary>
    public double? Wasserstein { get; init; }

    /// <summary>A line.</summary>
    public override string ToString() => $"{Column}: {Grade}, {Reason}";
}
