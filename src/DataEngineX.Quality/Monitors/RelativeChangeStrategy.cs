namespace DataEngineX.Quality;

/// <summary>The ratio of a value to an earlier one lies between two bounds. An earlier value of zero allows nothing but zero.</summary>
/// <param name="MinRatio">The least ratio, such as 0.8 for a fall by a fifth; at least 0.</param>
/// <param name="MaxRatio">The greatest ratio, such as 1.5.</param>
/// <param name="Lag">How many values back the earlier one is. <value>Default: 1, the one before.</value></param>
public sealed record RelativeChangeStrategy(double MinRatio, double MaxRatio, int Lag = 1) : AnomalyStrategy
{
    /// <summary>How many values back the earlier one is.</summary>
    public int Lag { get; init; } = Lag >= 1 ? Lag : throw new ArgumentOutOfRangeException(nameof(Lag), Lag, "A value is compared with one at least 1 back.");

    /// <inheritdoc/>
    protected override FormattableString Form => $"relative_change({MinRatio}, {MaxRatio}, {Lag})";

    /// <inheritdoc/>
    protected override int Needed => Lag;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        var before = history[^Lag].Value;
        var (a, b) = (before * MinRatio, before * MaxRatio);
        return (Math.Min(a, b), Math.Max(a, b), Lag == 1 ? "the value before" : $"the value {Lag} before");
    }
}
