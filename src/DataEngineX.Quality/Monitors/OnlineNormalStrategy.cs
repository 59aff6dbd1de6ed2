using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>
/// Goes through the values in order with a running mean and deviation, and leaves out those that were anomalies themselves, so that one
/// outlier does not hide the next.
/// </summary>
/// <param name="Deviations">How many standard deviations a value may be from the mean. <value>Default: 3.</value></param>
/// <param name="IgnoredStart">The share of the values, from the oldest on, that are taken as they are. <value>Default: 0.1.</value></param>
public sealed record OnlineNormalStrategy(double Deviations = 3, double IgnoredStart = 0.1) : AnomalyStrategy
{
    private const int Start = 3;

    /// <inheritdoc/>
    protected override FormattableString Form => $"online_normal({Deviations}, {IgnoredStart})";

    /// <inheritdoc/>
    protected override int Needed => Start;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        var moments = default(MomentSums);
        var ignored = Math.Max(Start, (int)(history.Count * IgnoredStart));
        for (var i = 0; i < history.Count; i++)
        {
            var value = history[i].Value;
            if (i < ignored || Math.Abs(value - moments.Mean) <= Deviations * moments.StandardDeviation)
                moments = moments.Merge(MomentSums.Of(value, 1));
        }

        return Around(moments.Mean, Deviations * moments.StandardDeviation, string.Create(CultureInfo.InvariantCulture, $"mean and deviation of {moments.Count} of {history.Count} values"));
    }
}
