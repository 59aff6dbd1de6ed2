namespace DataEngineX.Quality;

/// <summary>Two bounds as written.</summary>
/// <param name="Min">The lower bound, or null.</param>
/// <param name="Max">The upper bound, or null.</param>
/// <param name="StrictMin">Whether the lower bound itself is too low.</param>
/// <param name="StrictMax">Whether the upper bound itself is too high.</param>
internal sealed record BoundPair(object? Min, object? Max, bool StrictMin = false, bool StrictMax = false)
{
    public IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("min", Min),
        RuleParameter.Of("max", Max),
        RuleParameter.Of("strict_min", StrictMin),
        RuleParameter.Of("strict_max", StrictMax),
    ];

    /// <summary>The bounds in words, such as <c>at least 1 and below 5</c>.</summary>
    public override string ToString() => (Min, Max) switch
    {
        (null, null) => "anything",
        (null, _) => High,
        (_, null) => Low,
        _ when StrictMin || StrictMax => $"{Low} and {High}",
        _ when Equals(Min, Max) => RuleText.Of(Min),
        _ => $"between {RuleText.Of(Min)} and {RuleText.Of(Max)}",
    };

    private string Low => $"{(StrictMin ? "above" : "at least")} {RuleText.Of(Min)}";

    private string High => $"{(StrictMax ? "below" : "at most")} {RuleText.Of(Max)}";

    /// <summary>Refuses NaN, which is no bound, and what no column holds.</summary>
    public BoundPair Checked(string rule)
    {
        if (Range.IsNaN(Min) || Range.IsNaN(Max))
            throw new ArgumentException($"{rule}: NaN is no bound.");
        _ = RuleText.Of(Min) + RuleText.Of(Max);
        return this;
    }
}
