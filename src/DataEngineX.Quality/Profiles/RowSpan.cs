namespace DataEngineX.Quality;

/// <summary>What depends on the order of the rows, for a run of rows. Runs are joined in order, whichever worker saw them.</summary>
internal sealed class RowSpan
{
    private bool _hasValue;
    private long _first;
    private long _last;
    private long _values;
    private bool _up = true;
    private bool _down = true;
    private bool _isStrict = true;

    public RowSpan(long firstPart) => FirstPart = LastPart = firstPart;

    /// <summary>The first part of the stream that this covers; parts up to <see cref="LastPart"/> follow without a gap.</summary>
    public long FirstPart { get; }

    public long LastPart { get; set; }

    public long Rows { get; private set; }

    /// <summary>The row of the first value, counted from the start of the run; -1 for none.</summary>
    public long FirstRow { get; private set; } = -1;

    public long LastRow { get; private set; } = -1;

    public ColumnOrder Order => _values < 2 || (_up && _down) || !(_up || _down) ? ColumnOrder.None
        : _up ? (_isStrict ? ColumnOrder.StrictlyIncreasing : ColumnOrder.Increasing)
        : _isStrict ? ColumnOrder.StrictlyDecreasing : ColumnOrder.Decreasing;

    /// <summary>Takes the rows of a batch, of which the first and the last with a value are given.</summary>
    public void AddRows(int rows, (int First, int Last) ends)
    {
        if (ends.First >= 0)
        {
            if (FirstRow < 0)
                FirstRow = Rows + ends.First;
            LastRow = Rows + ends.Last;
        }

        Rows += rows;
    }

    /// <summary>Takes values in order.</summary>
    public void AddValues(ReadOnlySpan<long> values)
    {
        if (values.IsEmpty)
            return;
        if (!_hasValue)
            (_hasValue, _first, _last) = (true, values[0], values[0]);
        else
            Step(_last, values[0]);
        for (var i = 1; i < values.Length && (_up || _down); i++)
            Step(values[i - 1], values[i]);
        _last = values[^1];
        _values += values.Length;
    }

    /// <summary>Puts another run after this one.</summary>
    public void Append(RowSpan next)
    {
        if (next.FirstRow >= 0)
        {
            if (FirstRow < 0)
                FirstRow = Rows + next.FirstRow;
            LastRow = Rows + next.LastRow;
        }

        Rows += next.Rows;
        LastPart = next.LastPart;
        if (!next._hasValue)
            return;
        if (_hasValue)
            Step(_last, next._first);
        else
            (_hasValue, _first) = (true, next._first);
        _last = next._last;
        _values += next._values;
        _up &= next._up;
        _down &= next._down;
        _isStrict &= next._isStrict;
    }

    /// <summary>A run that begins at part 0, as all states that are kept do.</summary>
    public static RowSpan Join(IEnumerable<RowSpan> spans)
    {
        var all = new RowSpan(0);
        foreach (var span in spans.OrderBy(s => s.FirstPart))
            all.Append(span);
        all.LastPart = 0;
        return all;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Rows);
        writer.Write(FirstRow);
        writer.Write(LastRow);
        writer.Write(_values);
        writer.Write(_first);
        writer.Write(_last);
        writer.Write(_hasValue);
        writer.Write(_up);
        writer.Write(_down);
        writer.Write(_isStrict);
    }

    public static RowSpan Load(BinaryReader reader) => new(0)
    {
        Rows = reader.ReadInt64(),
        FirstRow = reader.ReadInt64(),
        LastRow = reader.ReadInt64(),
        _values = reader.ReadInt64(),
        _first = reader.ReadInt64(),
        _last = reader.ReadInt64(),
        _hasValue = reader.ReadBoolean(),
        _up = reader.ReadBoolean(),
        _down = reader.ReadBoolean(),
        _isStrict = reader.ReadBoolean(),
    };

    private void Step(long before, long after)
    {
        _up &= after >= before;
        _down &= after <= before;
        _isStrict &= after != before;
    }
}
