using Apache.Arrow;

namespace DataEngineX.ML.Internal;

/// <summary>Sums the errors of forecasts batch by batch and keeps the newest of them.</summary>
internal sealed class ForecastTally(ForecastSpec spec)
{
    private const int MaxRecent = 120;

    private static readonly int s_epoch = new DateOnly(1970, 1, 1).DayNumber;

    // The oldest comes out first. Equal days go by key, so that the choice does not hang on the order of rows.
    private readonly PriorityQueue<ForecastOutcome, (DateOnly For, string Key)> _recent = new(
        Comparer<(DateOnly For, string Key)>.Create((a, b) =>
            a.For != b.For ? a.For.CompareTo(b.For) : string.CompareOrdinal(b.Key, a.Key)));

    private readonly MeanError[] _baselines = new MeanError[spec.Baselines.Length];
    private MeanError _model;

    public void Add(RecordBatch batch)
    {
        var keys = (StringArray)batch.Column(ForecastSpec.KeyOrdinal);
        var days = (Date32Array)batch.Column(ForecastSpec.ForOrdinal);
        var values = (DoubleArray)batch.Column(ForecastSpec.ValueOrdinal);
        var versions = (Int32Array)batch.Column(ForecastSpec.VersionOrdinal);
        var actuals = (DoubleArray)batch.Column(ForecastSpec.ActualOrdinal);
        var baselines = new DoubleArray[_baselines.Length];
        for (var b = 0; b < baselines.Length; b++)
            baselines[b] = (DoubleArray)batch.Column(ForecastSpec.BaselineOrdinal + b);
        for (var row = 0; row < batch.Length; row++)
        {
            // A forecast without entity or day is about nothing that could come true.
            if (Known(values, row) is not { } value || keys.IsNull(row) || days.IsNull(row))
                continue;
            var actual = Known(actuals, row);
            if (actual is { } truth)
                Judge(value, truth, baselines, row);
            var day = DateOnly.FromDayNumber(s_epoch + days.Values[row]);
            if (_recent.Count == MaxRecent && _recent.Peek().For > day)
                continue;
            var outcome = new ForecastOutcome(
                keys.GetString(row), day, value, actual, Said(baselines, row), versions.IsNull(row) ? 0 : versions.Values[row]);
            if (_recent.Count < MaxRecent)
                _recent.Enqueue(outcome, (day, outcome.Key));
            else
                _recent.EnqueueDequeue(outcome, (day, outcome.Key));
        }
    }

    /// <summary>What was summed; the tally is spent.</summary>
    public PerformanceReport Report()
    {
        var recent = new ForecastOutcome[_recent.Count];
        for (var i = recent.Length - 1; i >= 0; i--)
            recent[i] = _recent.Dequeue();
        var baselines = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var b = 0; b < _baselines.Length; b++)
        {
            if (_baselines[b].Mean is { } mean)
                baselines[spec.Baselines[b].Key] = mean;
        }

        return new PerformanceReport(spec.Model, _model.Count, _model.Mean, baselines, recent);
    }

    private void Judge(double value, double truth, DoubleArray[] baselines, int row)
    {
        _model.Add(Math.Abs(value - truth));
        for (var b = 0; b < baselines.Length; b++)
        {
            if (Known(baselines[b], row) is { } said)
                _baselines[b].Add(Math.Abs(said - truth));
        }
    }

    private Dictionary<string, double> Said(DoubleArray[] baselines, int row)
    {
        var said = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var b = 0; b < baselines.Length; b++)
        {
            if (Known(baselines[b], row) is { } value)
                said[spec.Baselines[b].Key] = value;
        }

        return said;
    }

    private static double? Known(DoubleArray array, int row)
        => array.IsValid(row) && array.Values[row] is var value && double.IsFinite(value) ? value : null;

    private struct MeanError
    {
        private double _sum;

        public long Count { get; private set; }

        public readonly double? Mean => Count == 0 ? null : _sum / Count;

        public void Add(double error)
        {
            _sum += error;
            Count++;
        }
    }
}
