namespace DataEngineX.ML;

/// <summary>When a new version takes over an alias.</summary>
public sealed record PromotionPolicy
{
    /// <summary>The alias a worthy version takes. <value>Default: <c>champion</c>.</value></summary>
    public string Alias { get; init; } = ModelAliases.Champion;

    /// <summary>The alias of a version not worthy of the first; null for none. <value>Default: <c>challenger</c>.</value></summary>
    public string? Otherwise { get; init; } = ModelAliases.Challenger;

    /// <summary>
    /// The least share by which the mean absolute error on the holdout must be below that of the best baseline, such as 0.05. While the
    /// holdout has no rows yet, the rolling-origin evaluation is asked.
    /// <value>Default: 0, no worse.</value>
    /// </summary>
    public double MinimumGain { get; init; }

    /// <summary>Whether the interval of the difference to the best baseline must lie above 0. <value>Default: false.</value></summary>
    public bool RequireSignificance { get; init; }

    /// <summary>Whether no group may be worse than the best baseline is on that group. <value>Default: false.</value></summary>
    public bool RequireEveryGroup { get; init; }
}
