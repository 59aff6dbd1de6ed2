namespace DataEngineX.Quality;

/// <summary>What a profile looks at. How many values, bins and quantiles are shown is chosen when it is read.</summary>
public sealed record ProfileOptions
{
    /// <summary>The columns to profile. <value>Default: null, all.</value></summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether rows that are there more than once are counted. <value>Default: true.</value></summary>
    public bool DuplicateRows { get; init; } = true;

    /// <summary>
    /// Whether pairs of columns are looked at: Pearson, Spearman, Cramér's V and nulls that come together. The cost grows with the square of the
    /// number of columns. <value>Default: false.</value>
    /// </summary>
    public bool Correlations { get; init; }

    /// <summary>Times after this instant count as lying in the future. <value>Default: null, the clock of the run.</value></summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The threads of a profile outside of a flow. <value>Default: the number of processors.</value></summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
