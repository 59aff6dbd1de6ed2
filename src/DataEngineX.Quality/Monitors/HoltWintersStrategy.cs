using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>
/// Forecasts by level, trend and an additive season that are smoothed exponentially (Holt and Winters); a value lies within so many standard
/// deviations of the errors that the forecasts of the values before it would have had.
/// </summary>
/// <remarks>The three factors are those with the least squared error among a grid, refined around its best point. Points are taken as evenly spaced.</remarks>
/// <param name="Period">The values in a season: 24 for hours of a day, 7 for days of a week, 12 for months of a year; at least 2.</param>
/// <param name="Deviations">How many standard deviations. <value>Default: 3.</value></param>
public sealed record HoltWintersStrategy(int Period, double Deviations = 3) : AnomalyStrategy
{
    private static readonly double[] Grid = [0.02, 0.1, 0.25, 0.5, 0.75, 0.95];

    /// <summary>The values in a season.</summary>
    public int Period { get; init; } = Period >= 2 ? Period : throw new ArgumentOutOfRangeException(nameof(Period), Period, "A season has at least 2 values.");

    /// <inheritdoc/>
    protected override FormattableString Form => $"holt_winters({Period}, {Deviations})";

    /// <inheritdoc/>
    protected override int Needed => (2 * Period) + 1;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        double[] values = [.. history.Select(p => p.Value)];
        var best = Fit(values);
        var (forecast, squares) = Run(values, best.Level, best.Trend, best.Season);
        var deviation = Math.Sqrt(squares / (values.Length - Period));
        return Around(forecast, Deviations * deviation, string.Create(CultureInfo.InvariantCulture, $"a forecast from {values.Length} values with a season of {Period}"));
    }

    private (double Level, double Trend, double Season) Fit(double[] values)
    {
        var best = (Level: 0.1, Trend: 0.1, Season: 0.1);
        var least = double.PositiveInfinity;
        foreach (var level in Grid)
        {
            foreach (var trend in Grid)
            {
                foreach (var season in Grid)
                    Try(values, (level, trend, season), ref best, ref least);
            }
        }

        for (var step = 0.1; step > 0.005; step /= 2)
        {
            var center = best;
            for (var i = 0; i < 27; i++)
            {
                Try(
                    values,
                    (Within(center.Level + (step * ((i % 3) - 1))), Within(center.Trend + (step * ((i / 3 % 3) - 1))), Within(center.Season + (step * ((i / 9) - 1)))),
                    ref best,
                    ref least);
            }
        }

        return best;
    }

    private static double Within(double factor) => Math.Clamp(factor, 0.001, 0.999);

    private void Try(double[] values, (double Level, double Trend, double Season) factors, ref (double Level, double Trend, double Season) best, ref double least)
    {
        var (_, squares) = Run(values, factors.Level, factors.Trend, factors.Season);
        if (squares < least)
            (best, least) = (factors, squares);
    }

    /// <summary>The forecast of the next value, and the sum of the squared errors of those after the first season.</summary>
    private (double Forecast, double Squares) Run(double[] values, double levelFactor, double trendFactor, double seasonFactor)
    {
        double first = 0, second = 0;
        for (var i = 0; i < Period; i++)
        {
            first += values[i] / Period;
            second += values[Period + i] / Period;
        }

        var trend = (second - first) / Period;
        // The mean of the first season is its level at its middle; the trend brings it to its end.
        var level = first + (trend * (Period - 1) / 2);
        var season = new double[Period];
        for (var i = 0; i < Period; i++)
            season[i] = values[i] - (first + (trend * (i - ((Period - 1) / 2.0))));
        var squares = 0.0;
        for (var i = Period; i < values.Length; i++)
        {
            var at = i % Period;
            var error = values[i] - (level + trend + season[at]);
            squares += error * error;
            var before = level;
            level = (levelFactor * (values[i] - season[at])) + ((1 - levelFactor) * (level + trend));
            trend = (trendFactor * (level - before)) + ((1 - trendFactor) * trend);
            season[at] = (seasonFactor * (values[i] - level)) + ((1 - seasonFactor) * season[at]);
        }

        return (level + trend + season[values.Length % Period], squares);
    }
}
