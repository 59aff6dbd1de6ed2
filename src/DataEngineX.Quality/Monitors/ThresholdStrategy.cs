namespace DataEngineX.Quality;

/// <summary>Values lie between two fixed bounds. Needs no history.</summary>
/// <param name="Min">The least value. <value>Default: null, any.</value></param>
/// <param name="Max">The greatest value. <value>Default: null, any.</value></param>
public sealed record ThresholdStrategy(double? Min = null, double? Max = null) : AnomalyStrategy
{
    /// <inheritdoc/>
    protected override FormattableString Form => $"threshold({Min}, {Max})";

    /// <inheritdoc/>
    protected override int Needed => 0;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current) =>
        (Min ?? double.NegativeInfinity, Max ?? double.PositiveInfinity, "fixed bounds");
}
