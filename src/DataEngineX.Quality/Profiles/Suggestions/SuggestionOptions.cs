namespace DataEngineX.Quality;

/// <summary>How rules are suggested.</summary>
public sealed record SuggestionOptions
{
    /// <summary>The fewest rows of a profile that suggests anything, and the fewest values of a column. <value>Default: 100.</value></summary>
    public long MinRows { get; init; } = 100;

    /// <summary>The fewest values of a column of text, all different, that suggest a key; UUIDs need no more than others. <value>Default: 1,000.</value></summary>
    public long MinKeys { get; init; } = 1_000;

    /// <summary>The most values of a set that is suggested. <value>Default: 50.</value></summary>
    public int MostValues { get; init; } = 50;

    /// <summary>
    /// How many standard deviations of the difference between two samples the share that a rule asks for lies below the one seen, so that as many other rows
    /// of the same kind pass as well. At the default one suggested tolerance among some millions does not. <value>Default: 5.5.</value>
    /// </summary>
    public double Deviations { get; init; } = 5.5;

    /// <summary>How far the bounds of numbers lie beyond the values seen, as a share of their range. <value>Default: 0.1.</value></summary>
    public double Margin { get; init; } = 0.1;
}
