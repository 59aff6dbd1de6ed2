namespace DataEngineX.Quality;

/// <summary>How two profiles are compared.</summary>
public sealed record DriftOptions
{
    /// <summary>How numbers and times are put into bins. <value>Default: <see cref="BinKind.Quantiles"/>.</value></summary>
    public BinKind BinKind { get; init; }

    /// <summary>The bins of numbers and times, and the most frequent values of text that have one of their own. <value>Default: 10.</value></summary>
    public int Bins { get; init; } = 10;

    /// <summary>The base of the logarithm of the Jensen-Shannon distance. <value>Default: e.</value></summary>
    public double LogBase { get; init; } = Math.E;

    /// <summary>The share that an emptier bin is taken to have in the population stability index. <value>Default: 0.0001.</value></summary>
    public double Floor { get; init; } = 1e-4;

    /// <summary>Yates' correction of chi-square tests over two bins. <value>Default: true.</value></summary>
    public bool Correction { get; init; } = true;

    /// <summary>What grades a column. <value>Default: <see cref="DriftMeasure.PopulationStabilityIndex"/>.</value></summary>
    public DriftMeasure Measure { get; init; }

    /// <summary>From where on a column may have moved; for p-values, up to where. <value>Default: 0.1.</value></summary>
    public double Possible { get; init; } = 0.1;

    /// <summary>From where on a column has moved; for p-values, up to where. <value>Default: 0.25.</value></summary>
    public double Detected { get; init; } = 0.25;

    /// <summary>The change of the share of nulls from which on a column may have moved; twice that, and it has. <value>Default: 0.1.</value></summary>
    public double NullShare { get; init; } = 0.1;

    /// <summary>The fewest values on either side for a grade. <value>Default: 100.</value></summary>
    public long MinValues { get; init; } = 100;
}
