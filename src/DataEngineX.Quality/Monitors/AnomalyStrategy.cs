using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Judges a value by those before it. Immutable; a strategy of one's own derives from this class.</summary>
public abstract record AnomalyStrategy
{
    /// <summary>Which side is an anomaly. <value>Default: <see cref="AnomalyDirection.Both"/>.</value></summary>
    public AnomalyDirection Direction { get; init; }

    /// <summary>The fewest values before the one judged; with fewer it is not evaluated. <value>Default: what the strategy needs.</value></summary>
    public int? MinHistory { get; init; }

    /// <summary>The fewest values that the strategy needs.</summary>
    protected abstract int Needed { get; }

    /// <summary>Name and parameters of the strategy, such as <c>normal(3)</c>: everything that can change a judgement.</summary>
    protected abstract FormattableString Form { get; }

    /// <summary>The strategy in one line, the same in every culture; part of the fingerprint of a pipeline that uses it.</summary>
    public sealed override string ToString() => Form.ToString(CultureInfo.InvariantCulture)
        + (Direction == AnomalyDirection.Both ? "" : $" {Direction}")
        + (MinHistory is { } least ? string.Create(CultureInfo.InvariantCulture, $" from {least}") : "");

    /// <summary>Judges a value.</summary>
    /// <param name="history">The points before it, the oldest first; those without a finite value are passed over.</param>
    /// <param name="current">The point judged.</param>
    public Judgement Judge(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(current);
        if (!double.IsFinite(current.Value))
            return new Judgement(VerdictOutcome.NotEvaluated, null, null, "there is no value");
        var known = history.Where(p => double.IsFinite(p.Value)).ToArray();
        var needed = Math.Max(MinHistory ?? 0, Needed);
        if (known.Length < needed)
            return TooLittle(known.Length, needed);
        return Expect(known, current) is { } range
            ? Compare(current.Value, range.Lower, range.Upper, range.Basis)
            : new Judgement(VerdictOutcome.NotEvaluated, null, null, "there is too little history of this time of the season");
    }

    /// <summary>The range in which a value is expected.</summary>
    /// <param name="history">Enough points with finite values, the oldest first.</param>
    /// <param name="current">The point judged; its value must play no part, its time may.</param>
    /// <returns>The range, both ends within it, and what it rests on, such as <c>the median of 12 values</c>; null with too little history.</returns>
    protected abstract (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current);

    /// <summary>A range around a centre, wide enough that rounding alone is no anomaly.</summary>
    /// <param name="center">The centre.</param>
    /// <param name="room">The room to either side.</param>
    /// <param name="basis">What it rests on.</param>
    protected static (double Lower, double Upper, string Basis) Around(double center, double room, string basis)
    {
        room = Math.Max(room, 1e-9 * Math.Abs(center));
        return (center - room, center + room, basis);
    }

    private static Judgement TooLittle(int known, int needed) => new(
        VerdictOutcome.NotEvaluated, null, null, string.Create(CultureInfo.InvariantCulture, $"there are {known} earlier values where {needed} are needed"));

    private Judgement Compare(double value, double lower, double upper, string basis)
    {
        double? low = Direction == AnomalyDirection.Spike || double.IsNegativeInfinity(lower) ? null : lower;
        double? high = Direction == AnomalyDirection.Drop || double.IsPositiveInfinity(upper) ? null : upper;
        var side = value < low ? "below" : value > high ? "above" : null;
        var range = string.Create(CultureInfo.InvariantCulture, $"{low?.ToString("G6", CultureInfo.InvariantCulture) ?? "…"} to {high?.ToString("G6", CultureInfo.InvariantCulture) ?? "…"}");
        return new Judgement(
            side is null ? VerdictOutcome.Pass : VerdictOutcome.Fail,
            low,
            high,
            string.Create(CultureInfo.InvariantCulture, $"{value:G6} is {(side is null ? "within" : side)} {range}, by {basis}"));
    }
}
