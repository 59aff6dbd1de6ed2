using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>A value lies within so many standard deviations of the mean of all before it.</summary>
/// <param name="Deviations">How many. <value>Default: 3.</value></param>
public sealed record NormalStrategy(double Deviations = 3) : AnomalyStrategy
{
    /// <inheritdoc/>
    protected override FormattableString Form => $"normal({Deviations})";

    /// <inheritdoc/>
    protected override int Needed => 3;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        var moments = MomentSums.Of([.. history.Select(p => p.Value)]);
        return Around(moments.Mean, Deviations * moments.StandardDeviation, string.Create(CultureInfo.InvariantCulture, $"mean and deviation of {history.Count} values"));
    }
}
