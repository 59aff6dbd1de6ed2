namespace DataEngineX.Quality;

/// <summary>From where on something in a profile stands out.</summary>
public sealed record ProfileAlertOptions
{
    /// <summary>The share of missing values above which they do. <value>Default: 0.</value></summary>
    public double Missing { get; init; }

    /// <summary>The share of zeros above which they do. <value>Default: 0.1.</value></summary>
    public double Zeros { get; init; } = 0.1;

    /// <summary>The distinct texts above which they are many. <value>Default: 50.</value></summary>
    public long HighCardinality { get; init; } = 50;

    /// <summary>One less the entropy of the values over that of even ones, above which they are out of balance. <value>Default: 0.5.</value></summary>
    public double Imbalance { get; init; } = 0.5;

    /// <summary>The skewness to either side above which a column leans. <value>Default: 20.</value></summary>
    public double Skewness { get; init; } = 20;

    /// <summary>The p-value of a chi-square test against even bins above which values are uniform. <value>Default: 0.999.</value></summary>
    public double Uniform { get; init; } = 0.999;

    /// <summary>The correlation or association to either side above which two columns go together. <value>Default: 0.5.</value></summary>
    public double Correlation { get; init; } = 0.5;

    /// <summary>The likeness of two texts above which they may be meant as one: 1 less the edits needed over the longer one's length. <value>Default: 0.85.</value></summary>
    public double DirtyCategories { get; init; } = 0.85;

    /// <summary>The fewest values from which shape and uniqueness say anything. <value>Default: 20.</value></summary>
    public long MinValues { get; init; } = 20;
}
