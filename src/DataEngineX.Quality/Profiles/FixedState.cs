using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A column of numbers or times.</summary>
/// <remarks>
/// While there are few distinct values, the counts of them hold everything that depends on distribution, exactly. With the first one too
/// many, they are handed to a sketch of quantiles and one of distinct values, and go on as counts of the frequent values.
/// </remarks>
internal sealed partial class FixedState : ColumnState
{
    private readonly double _power;
    private readonly TimeFacts? _times;
    private FixedCounts _counts = new();
    private HyperLogLog? _distinct;
    private QuantileSketch? _sketch;

    public FixedState(ColumnShape shape)
        : base(shape)
    {
        _power = shape.Kind == ValueKind.Decimal ? Math.Pow(10, shape.Unit) : 1;
        _times = TimeFacts.For(shape);
    }

    public MomentSums Moments { get; private set; }

    public long Min { get; private set; } = long.MaxValue;

    public long Max { get; private set; } = long.MinValue;

    public long Zeros { get; private set; }

    public long Negatives { get; private set; }

    public long NaNs { get; private set; }

    public long PositiveInfinities { get; private set; }

    public long NegativeInfinities { get; private set; }

    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether a decimal did not fit 64 bits: then ordered numbers are no values.</summary>
    public bool IsWide { get; private set; }

    public TimeFacts? Times => _times;

    public bool IsExact => _distinct is null;

    public double Distinct => _distinct?.Estimate ?? _counts.Count;

    public FixedCounts Counts => _counts;

    /// <summary>Values with the number of times each is there, or stands for.</summary>
    public WeightedValues Sorted()
    {
        if (_sketch is not null)
            return _sketch.Sorted();
        var items = _counts.ToArray();
        return new WeightedValues([.. items.Select(i => NumberOf(i.Hash))], [.. items.Select(i => i.Count)]);
    }

    public bool AreQuantilesExact => _sketch?.IsExact ?? true;

    protected override void Add(IArrowArray column, Presence presence, Span<ulong> rows, Scratch scratch)
    {
        for (var start = 0; start < column.Length; start += Scratch.Block)
        {
            var count = Math.Min(Scratch.Block, column.Length - start);
            if (!FixedReader.Read(column, start, count, scratch, _power))
                Widen();
            if (!rows.IsEmpty)
                HashRows(presence, start, rows.Slice(start, count), scratch);
            Take(Compact(presence, start, count, scratch), scratch);
        }
    }

    protected override void Merge(ColumnState other)
    {
        var next = (FixedState)other;
        Moments = Moments.Merge(next.Moments);
        Min = Math.Min(Min, next.Min);
        Max = Math.Max(Max, next.Max);
        Zeros += next.Zeros;
        Negatives += next.Negatives;
        NaNs += next.NaNs;
        PositiveInfinities += next.PositiveInfinities;
        NegativeInfinities += next.NegativeInfinities;
        IsWhole &= next.IsWhole;
        _times?.Merge(next._times!);
        MergeDistribution(next);
        if (next.IsWide)
            Widen();
    }

    private static void HashRows(Presence presence, int start, Span<ulong> rows, Scratch scratch)
    {
        for (var i = 0; i < rows.Length; i++)
            rows[i] = HashMix.Combine(rows[i], presence.Nulls == 0 || presence[start + i] ? HashMix.Of((ulong)scratch.Ordered[i]) : HashMix.Null);
    }

    /// <summary>Moves the rows with a value that is a number to the front.</summary>
    private int Compact(Presence presence, int start, int count, Scratch scratch)
    {
        if (presence.Nulls == 0 && (Shape.Kind != ValueKind.Float || !HasNaN(scratch.Numbers.AsSpan(0, count))))
            return count;
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (!presence[start + i])
                continue;
            if (double.IsNaN(scratch.Numbers[i]))
            {
                NaNs++;
                continue;
            }

            scratch.Numbers[kept] = scratch.Numbers[i];
            scratch.Ordered[kept++] = scratch.Ordered[i];
        }

        return kept;
    }

    private static bool HasNaN(ReadOnlySpan<double> numbers)
    {
        var has = false;
        foreach (var number in numbers)
            has |= double.IsNaN(number);
        return has;
    }

    private void Take(int count, Scratch scratch)
    {
        var ordered = scratch.Ordered.AsSpan(0, count);
        var numbers = scratch.Numbers.AsSpan(0, count);
        var cells = scratch.Cells.AsSpan(0, count);
        for (var i = 0; i < count; i++)
            cells[i] = HashMix.Of((ulong)ordered[i]);
        Current.AddValues(ordered);
        TakeSigns(ordered, numbers);
        _times?.Add(ordered);
        CountValues(cells, numbers);
        TakeFinite(numbers, ordered);
    }

    private void TakeSigns(ReadOnlySpan<long> ordered, ReadOnlySpan<double> numbers)
    {
        long min = Min, max = Max;
        int zeros = 0, negatives = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            min = Math.Min(min, ordered[i]);
            max = Math.Max(max, ordered[i]);
            zeros += numbers[i] == 0 ? 1 : 0;
            negatives += numbers[i] < 0 ? 1 : 0;
        }

        (Min, Max) = (min, max);
        Zeros += zeros;
        Negatives += negatives;
    }

    /// <summary>Moments are those of the finite values; infinities are counted apart.</summary>
    private void TakeFinite(Span<double> numbers, ReadOnlySpan<long> ordered)
    {
        if (Shape.Kind == ValueKind.Float && !double.IsFinite(ColumnShape.FloatOf(Min) + ColumnShape.FloatOf(Max)) && ordered.Length > 0)
            numbers = numbers[..KeepFinite(numbers)];
        for (var i = 0; i < numbers.Length && IsWhole; i++)
            IsWhole = numbers[i] == Math.Floor(numbers[i]);
        Moments = Moments.Merge(MomentSums.Of(numbers));
    }

    private int KeepFinite(Span<double> numbers)
    {
        var kept = 0;
        foreach (var number in numbers)
        {
            if (double.IsPositiveInfinity(number))
                PositiveInfinities++;
            else if (double.IsNegativeInfinity(number))
                NegativeInfinities++;
            else
                numbers[kept++] = number;
        }

        return kept;
    }

    private void CountValues(ReadOnlySpan<ulong> cells, ReadOnlySpan<double> numbers)
    {
        var added = 0;
        if (_distinct is null)
        {
            added = _counts.TryAdd(cells);
            if (added == cells.Length)
                return;
            Settle();
        }

        _distinct.Add(cells[added..]);
        _sketch!.Add(numbers[added..]);
        if (!IsWide)
            _counts.AddFrequent(cells[added..]);
    }

    /// <summary>Hands the exact counts to the sketches.</summary>
    [MemberNotNull(nameof(_distinct))]
    private void Settle()
    {
        if (_distinct is not null)
            return;
        _distinct = new HyperLogLog();
        _sketch = new QuantileSketch();
        var items = _counts.ToArray();
        System.Array.Sort(items, static (a, b) => a.Count == b.Count ? a.Hash.CompareTo(b.Hash) : a.Count.CompareTo(b.Count));
        foreach (var (hash, count) in items)
        {
            _distinct.Add(hash);
            _sketch.Add(NumberOf(hash), count);
        }
    }

    private void MergeDistribution(FixedState next)
    {
        if (_distinct is null && next._distinct is null)
        {
            foreach (var (hash, count) in next._counts.ToArray())
                AddOne(hash, count);
            return;
        }

        Settle();
        if (next._distinct is null)
        {
            foreach (var (hash, count) in next._counts.ToArray())
                AddOne(hash, count);
            return;
        }

        _distinct.Merge(next._distinct);
        _sketch!.Merge(next._sketch!);
        _counts.AddError(next._counts.Error);
        foreach (var (hash, count) in next._counts.ToArray())
            _counts.AddFrequent(hash, count);
    }

    private void AddOne(ulong hash, long count)
    {
        if (_distinct is null && _counts.TryAdd(hash, count))
            return;
        Settle();
        _distinct.Add(hash);
        _sketch!.Add(NumberOf(hash), count);
        if (!IsWide)
            _counts.AddFrequent(hash, count);
    }

    /// <summary>Values that do not fit are known by sketches only.</summary>
    private void Widen()
    {
        Settle();
        IsWide = true;
        _counts = new FixedCounts();
    }

    private double NumberOf(ulong hash) => Shape.NumberOf((long)HashMix.Undo(hash));
}
