namespace DataEngineX.Quality;

/// <summary>What a profile knows of one column.</summary>
public sealed class ColumnProfile
{
    private readonly ColumnState _state;
    private readonly RowSpan _span;

    internal ColumnProfile(ColumnState state)
    {
        _state = state;
        _span = state.Span;
        Numbers = state is FixedState { Shape.IsNumber: true } numbers ? new NumberProfile(numbers) : null;
        Text = state is TextState text ? new TextProfile(text) : null;
        Times = state is FixedState { Shape.IsTime: true } times ? new TimeProfile(times) : null;
        Lists = state is ListState lists ? LengthProfile.Of(lists.Lengths) : null;
    }

    /// <summary>The name.</summary>
    public string Name => _state.Shape.Name;

    /// <summary>The type by its canonical name, such as <c>timestamp[us, UTC]</c>; of a dictionary that of its values.</summary>
    public string Type => _state.Shape.Type;

    /// <summary>What the values are.</summary>
    public ValueKind Kind => _state.Shape.Kind;

    /// <summary>Whether the schema allows nulls.</summary>
    public bool IsNullable => _state.Shape.IsNullable;

    /// <summary>The number of rows.</summary>
    public long Rows => _state.Rows;

    /// <summary>Rows without a value.</summary>
    public long Nulls => _state.Nulls;

    /// <summary>The share of rows without a value; 0 without rows.</summary>
    public double NullShare => Rows == 0 ? 0 : (double)Nulls / Rows;

    /// <summary>
    /// The number of distinct values, nulls and NaN left out; null for lists and other types. An estimate beyond 2,048 of them, see <see cref="IsDistinctExact"/>.
    /// </summary>
    public long? Distinct => _state switch
    {
        FixedState s => (long)Math.Round(Math.Min(s.Distinct, s.Values)),
        TextState s => (long)Math.Round(Math.Min(s.Distinct, s.Values)),
        BooleanState s => (s.Trues > 0 ? 1 : 0) + (s.Values > s.Trues ? 1 : 0),
        _ => null,
    };

    /// <summary>Whether <see cref="Distinct"/> is exact; otherwise its relative standard error is <see cref="HyperLogLog.StandardError"/>.</summary>
    public bool IsDistinctExact => _state switch
    {
        FixedState s => s.IsExact,
        TextState s => s.IsExact,
        _ => true,
    };

    /// <summary>Values that are there once; null where distinct values are not exact or not counted.</summary>
    public long? Unique => _state switch
    {
        FixedState { IsExact: true } s => s.Counts.ToArray().LongCount(i => i.Count == 1),
        TextState { IsExact: true } s => Enumerable.Range(0, s.Counts.Count).LongCount(i => s.Counts[i].Count == 1),
        BooleanState s => (s.Trues == 1 ? 1 : 0) + (s.Values - s.Trues == 1 ? 1 : 0),
        _ => null,
    };

    /// <summary>Whether there is exactly one distinct value and no null.</summary>
    public bool IsConstant => Distinct == 1 && IsDistinctExact && Nulls == 0;

    /// <summary>The least value as text; null without values and for types without order.</summary>
    public string? Min => _state switch
    {
        FixedState { IsWide: true } s => Numbers?.Min is { } min ? s.Shape.TextOfNumber(min) : null,
        FixedState { Min: not long.MaxValue } s => s.Shape.TextOf(s.Min),
        TextState => Text!.Min,
        _ => null,
    };

    /// <summary>The greatest value as text.</summary>
    public string? Max => _state switch
    {
        FixedState { IsWide: true } s => Numbers?.Max is { } max ? s.Shape.TextOfNumber(max) : null,
        FixedState { Max: not long.MinValue } s => s.Shape.TextOf(s.Max),
        TextState => Text!.Max,
        _ => null,
    };

    /// <summary>Up to five different values of the first batch that has any.</summary>
    public IReadOnlyList<string> Samples => _state.Samples;

    /// <summary>The 0-based row of the first value; null without values.</summary>
    public long? FirstRow => _span.FirstRow < 0 ? null : _span.FirstRow;

    /// <summary>The 0-based row of the last value.</summary>
    public long? LastRow => _span.LastRow < 0 ? null : _span.LastRow;

    /// <summary>How values follow each other, for numbers and times.</summary>
    public ColumnOrder Order => _span.Order;

    /// <summary>True values of a column of booleans; null for others.</summary>
    public long? Trues => _state is BooleanState s ? s.Trues : null;

    /// <summary>What is particular to numbers; null for other columns.</summary>
    public NumberProfile? Numbers { get; }

    /// <summary>What is particular to text and bytes; null for other columns.</summary>
    public TextProfile? Text { get; }

    /// <summary>What is particular to times; null for other columns.</summary>
    public TimeProfile? Times { get; }

    /// <summary>The lengths of lists; null for other columns.</summary>
    public LengthProfile? Lists { get; }

    /// <summary>The most frequent values by falling count, then in order of their text. Counts are exact up to 2,048 distinct values.</summary>
    /// <param name="most">How many at most. <value>Default: 10.</value></param>
    public IReadOnlyList<CountedValue> TopValues(int most = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return _state switch
        {
            FixedState s => CountedValues.Top(s.Counts, most, bits => s.Shape.TextOf((long)bits)),
            TextState { Shape.Kind: ValueKind.Text } s => CountedValues.Top(s.Counts, most, static b => System.Text.Encoding.UTF8.GetString(b)),
            TextState s => CountedValues.Top(s.Counts, most, static b => Convert.ToBase64String(b)),
            BooleanState s => [.. new CountedValue[] { new("true", s.Trues, 0), new("false", s.Values - s.Trues, 0) }
                .Where(v => v.Count > 0).OrderByDescending(v => v.Count).Take(most)],
            _ => [],
        };
    }

    internal ColumnState State => _state;

    /// <summary>Whether the order of the values says that no two are equal.</summary>
    private bool IsStrict => Order is ColumnOrder.StrictlyIncreasing or ColumnOrder.StrictlyDecreasing && _state is FixedState { NaNs: 0, IsWide: false };

    /// <summary>
    /// The number of distinct values as it is told to people, and whether it is exact: where each value is above or below the one before it is, whatever the sketch
    /// estimates, which has to merge with others.
    /// </summary>
    internal (long? Count, bool IsExact) DistinctTold => IsStrict ? (Rows - Nulls, true) : (Distinct, IsDistinctExact);

    /// <summary>Whether every row has a value of its own here, so that no row is a copy of another.</summary>
    internal bool TellsRowsApart => Nulls == 0 && DistinctTold == (Rows, true);

    /// <summary>One line.</summary>
    public override string ToString() => $"{Name} {Type}: {Nulls} of {Rows} null, {Distinct?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} distinct";
}
