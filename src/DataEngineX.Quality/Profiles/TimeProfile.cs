namespace DataEngineX.Quality;

/// <summary>What a profile knows of a column of dates, timestamps, times or durations.</summary>
public sealed class TimeProfile
{
    private readonly FixedState _state;
    private WeightedValues? _sorted;

    internal TimeProfile(FixedState state) => _state = state;

    /// <summary>The least value, ISO 8601; null without values.</summary>
    public string? Min => _state.Min == long.MaxValue ? null : _state.Shape.TextOf(_state.Min);

    /// <summary>The greatest value.</summary>
    public string? Max => _state.Max == long.MinValue ? null : _state.Shape.TextOf(_state.Max);

    /// <summary>The greatest less the least; null without values, or beyond the range of a span.</summary>
    public TimeSpan? Span
    {
        get
        {
            if (_state.Max < _state.Min)
                return null;
            var ticks = ((Int128)_state.Max - _state.Min) * TimeSpan.TicksPerDay / TicksIn(_state.Shape);
            return ticks > long.MaxValue ? null : new TimeSpan((long)ticks);
        }
    }

    /// <summary>Values after the clock at the time of the profile; dates after its day (UTC).</summary>
    public long InTheFuture => _state.Times!.Future;

    /// <summary>The coarsest unit of which all values are whole multiples; null without values.</summary>
    public TimeResolution? Resolution => _state.Max < _state.Min ? null : _state.Times!.Resolution;

    /// <summary>Days (UTC) with a value; null beyond 36,600 of them, and for times of a day and durations.</summary>
    public long? Days => _state.Times!.HasDays ? _state.Times.Days?.Count : null;

    /// <summary>Days without a value between the first and the last.</summary>
    public long? MissingDays => _state.Times!.HasDays && _state.Times.Days is [var first, .., var last] days ? last - first + 1 - days.Count : Days is null ? null : 0;

    /// <summary>The most days in a row without a value.</summary>
    public long? LongestGapInDays => !_state.Times!.HasDays || _state.Times.Days is not { } days ? null
        : days.Zip(days.Skip(1), static (a, b) => b - a - 1).DefaultIfEmpty(0).Max();

    /// <summary>Whether quantiles and histogram are exact; otherwise ranks are within <see cref="QuantileSketch.RankError"/>.</summary>
    public bool AreQuantilesExact => _state.AreQuantilesExact;

    /// <summary>A quantile, rounded to the unit of the column; null without values.</summary>
    /// <param name="share">0 to 1.</param>
    public string? Quantile(double share) => Sorted.Quantile(share) is var value && double.IsNaN(value) ? null : _state.Shape.TextOfNumber(value);

    /// <summary>Bins of equal width from the least to the greatest value.</summary>
    /// <param name="bins">How many. <value>Default: 20.</value></param>
    public IReadOnlyList<HistogramBin> Histogram(int bins = 20) => Histograms.Of(Sorted, bins, _state.Moments.Count, _state.Shape.TextOfNumber);

    internal WeightedValues Sorted => _sorted ??= _state.Sorted();

    private static long TicksIn(ColumnShape shape) => shape.Kind == ValueKind.Date ? 1 : shape.Unit * 86_400;
}
