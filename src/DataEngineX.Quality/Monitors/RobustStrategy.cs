using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>
/// A value lies within so many deviations of the median of the values before it, where the deviation is the median of the distances from the
/// median times 1.4826. Up to half of the values may be anomalies without any effect.
/// </summary>
/// <param name="Deviations">How many. <value>Default: 3.5.</value></param>
/// <param name="Season">With which values one is compared; days are those of UTC. <value>Default: <see cref="Season.None"/>.</value></param>
/// <param name="Window">How many of these, the newest, are looked at. <value>Default: 60.</value></param>
public sealed record RobustStrategy(double Deviations = 3.5, Season Season = Season.None, int Window = 60) : AnomalyStrategy
{
    private const double Scale = 1.4826;

    /// <summary>
    /// The least room to either side, as a share of the median: without it a series that never moved would make an anomaly of every change.
    /// <value>Default: 0.01.</value>
    /// </summary>
    public double LeastRoom { get; init; } = 0.01;

    /// <summary>The fewest values of the season. <value>Default: 4.</value></summary>
    public int MinOfSeason { get; init; } = 4;

    /// <inheritdoc/>
    protected override FormattableString Form => $"robust({Deviations}, {Season}, {Window}, {LeastRoom}, {MinOfSeason})";

    /// <inheritdoc/>
    protected override int Needed => MinOfSeason;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        double[] values = [.. history.Where(p => IsSame(p.At, current.At)).TakeLast(Window).Select(p => p.Value)];
        if (values.Length < MinOfSeason)
            return null;
        var weights = new long[values.Length];
        System.Array.Fill(weights, 1);
        var sorted = new WeightedValues(values, weights);
        var median = sorted.Quantile(0.5);
        var room = Math.Max(Deviations * Scale * sorted.MedianAbsoluteDeviation(), LeastRoom * Math.Abs(median));
        return Around(median, room, string.Create(CultureInfo.InvariantCulture, $"the median of {values.Length} values{Suffix}"));
    }

    private string Suffix => Season switch
    {
        Season.Daily => " of this hour",
        Season.Weekly => " of this day of the week",
        _ => "",
    };

    private bool IsSame(DateTimeOffset earlier, DateTimeOffset at) => Season switch
    {
        Season.Daily => earlier.UtcDateTime.Hour == at.UtcDateTime.Hour,
        Season.Weekly => earlier.UtcDateTime.DayOfWeek == at.UtcDateTime.DayOfWeek,
        _ => true,
    };
}
