namespace DataEngineX.Quality;

/// <summary>What is particular to times: their resolution, the days that have any, and those that lie in the future.</summary>
internal sealed class TimeFacts
{
    /// <summary>Days that are remembered: a hundred years.</summary>
    private const int MostDays = 36_600;

    private readonly long _perDay;
    private readonly long[] _steps;
    private readonly HashSet<long> _days = [];
    private long _lastDay = long.MinValue;
    private int _step;
    private bool _hasTooManyDays;

    private TimeFacts(ColumnShape shape)
    {
        var perSecond = shape.Kind == ValueKind.Date ? 0 : shape.Unit;
        _perDay = shape.Kind == ValueKind.Date ? 1 : perSecond * 86_400;
        HasDays = shape.Kind is ValueKind.Date or ValueKind.Timestamp;
        // From the coarsest down, in units of the column; a step that the unit is too coarse for counts as the unit.
        _steps = shape.Kind == ValueKind.Date
            ? [1]
            : [.. TimeResolutions.PerSecond.Select(r => Math.Max(1, (long)Math.Round(r * perSecond)))];
    }

    /// <summary>The instant after which times lie in the future, in units of the column.</summary>
    public long Now { get; set; } = long.MaxValue;

    public long Future { get; private set; }

    public bool HasDays { get; }

    /// <summary>The days with a value in order; null when there are too many of them to remember.</summary>
    public IReadOnlyList<long>? Days => _hasTooManyDays ? null : [.. _days.Order()];

    public TimeResolution Resolution => _steps.Length == 1 ? TimeResolution.Day : (TimeResolution)_step;

    public static TimeFacts? For(ColumnShape shape) => shape.IsTime ? new TimeFacts(shape) : null;

    public void Add(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            if (value > Now)
                Future++;
        }

        for (var i = 0; i < values.Length && _step < _steps.Length - 1; i++)
        {
            while (_step < _steps.Length - 1 && values[i] % _steps[_step] != 0)
                _step++;
        }

        if (HasDays && !_hasTooManyDays)
            AddDays(values);
    }

    public void Merge(TimeFacts other)
    {
        Future += other.Future;
        _step = Math.Max(_step, other._step);
        _days.UnionWith(other._days);
        _hasTooManyDays |= other._hasTooManyDays;
        CheckDays();
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Future);
        writer.Write7BitEncodedInt(_step);
        writer.Write(_hasTooManyDays);
        writer.Write7BitEncodedInt(_days.Count);
        foreach (var day in _days.Order())
            writer.Write7BitEncodedInt64(day);
    }

    public void Load(BinaryReader reader)
    {
        Future = StateFormat.Count(reader);
        _step = StateFormat.Length(reader, _steps.Length - 1);
        _hasTooManyDays = reader.ReadBoolean();
        var days = StateFormat.Length(reader, MostDays);
        for (var i = 0; i < days; i++)
            _days.Add(reader.Read7BitEncodedInt64());
    }

    private void AddDays(ReadOnlySpan<long> values)
    {
        var (start, end) = (_lastDay * _perDay, (_lastDay * _perDay) + (_perDay - 1));
        if (_lastDay == long.MinValue)
            (start, end) = (1, 0);
        foreach (var value in values)
        {
            if (value >= start && value <= end)
                continue;
            var day = Math.DivRem(value, _perDay, out var rest);
            _lastDay = rest < 0 ? day - 1 : day;
            (start, end) = (_lastDay * _perDay, (_lastDay * _perDay) + (_perDay - 1));
            if (_days.Add(_lastDay))
                CheckDays();
            if (_hasTooManyDays)
                return;
        }
    }

    private void CheckDays()
    {
        _hasTooManyDays |= _days.Count > MostDays;
        if (_hasTooManyDays)
            _days.Clear();
    }
}
