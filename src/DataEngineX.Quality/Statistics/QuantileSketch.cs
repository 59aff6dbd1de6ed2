using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>Quantiles of numbers in 40 KB: exact up to 5,120 values, then within <see cref="RankError"/> of the rank asked for.</summary>
/// <remarks>
/// A sketch in the manner of KLL: levels of 512 values, each standing for twice as many as one of the level below; a full level is sorted and
/// every other value goes up. Of what would fill the levels far below the top, one value in each group is drawn instead, so that adding costs
/// about a nanosecond a value. The draws come from a fixed seed: the same input in the same order gives the same state. NaN is refused.
/// </remarks>
public sealed partial class QuantileSketch
{
    /// <summary>How far the rank of a quantile may be off, as a share of the values: held for a given quantile in more than 99.9 % of inputs.</summary>
    public const double RankError = 0.01;

    private const string Kind = "quantile_sketch";
    private const int LevelSize = 512;
    private const int MostLevels = 10;
    private const int Room = LevelSize * MostLevels;
    private readonly List<ValueBuffer> _levels = [new()];
    private ulong _random = 0x2545F4914F6CDD1D;
    private int _base;
    private int _kept;
    private long _pending;
    private long _target;
    private double _candidate;

    /// <summary>The number of values seen.</summary>
    public long Count { get; private set; }

    /// <summary>Whether all values are still there.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Adds values.</summary>
    /// <param name="values">The values; infinities are allowed, NaN is not.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        Count += values.Length;
        while (_base == 0 && !values.IsEmpty)
        {
            var taken = Math.Min(values.Length, Room - _kept);
            _levels[0].Append(values[..taken]);
            _kept += taken;
            values = values[taken..];
            if (_kept == Room)
                Compress();
        }

        Sample(values);
    }

    /// <summary>Adds a value that is there so many times.</summary>
    /// <param name="value">The value; not NaN.</param>
    /// <param name="count">How often.</param>
    public void Add(double value, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count += count;
        // A value of a high level would make all the low ones coarse, so one of great weight becomes many.
        var highest = Math.Max(_base, BitOperations.Log2((ulong)Math.Max(1, Count / LevelSize)));
        while (count > 0)
        {
            if (count < 1L << _base)
            {
                Sample(value, count);
                return;
            }

            var level = Math.Min(Math.Max(highest, _base), BitOperations.Log2((ulong)count));
            count -= 1L << level;
            Append(level, value);
        }
    }

    /// <summary>Takes in what another one has seen.</summary>
    /// <param name="other">The other one, left as it is.</param>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var count = Count + other.Count;
        IsExact &= other.IsExact;
        for (var level = 0; level < other._levels.Count; level++)
        {
            foreach (var value in other._levels[level].Values.ToArray())
            {
                if (level < _base)
                    Sample(value, 1L << level);
                else
                    Append(level, value);
            }
        }

        if (other._pending > 0)
        {
            if (other._pending >= 1L << _base)
                Add(other._candidate, other._pending);
            else
                Sample(other._candidate, other._pending);
        }

        Count = count;
    }

    /// <summary>A quantile, interpolated between neighbours as numpy's default does; NaN without values.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share) => Sorted().Quantile(share);

    /// <summary>The share of values that are at most a value; NaN without values.</summary>
    /// <param name="value">The value.</param>
    public double Rank(double value) => Sorted().ShareAtMost(value);

    /// <summary>The values kept, each with the number of values it stands for.</summary>
    internal WeightedValues Sorted()
    {
        var values = new List<double>(_kept + 1);
        var weights = new List<long>(_kept + 1);
        for (var level = 0; level < _levels.Count; level++)
        {
            foreach (var value in _levels[level].Values)
            {
                values.Add(value);
                weights.Add(1L << level);
            }
        }

        if (_pending > 0)
        {
            values.Add(_candidate);
            weights.Add(_pending);
        }

        return new WeightedValues([.. values], [.. weights]);
    }

    private void Append(int level, double value)
    {
        while (_levels.Count <= level)
            _levels.Add(new ValueBuffer());
        _levels[level].Append(value);
        _kept++;
        while (_levels.Count - _base > MostLevels)
            RaiseBase();
        if (_kept >= Room)
            Compress();
    }

    /// <summary>Halves the lowest level that is full: with all room taken there is one.</summary>
    private void Compress()
    {
        var level = _base;
        while (_levels[level].Count < LevelSize)
            level++;
        Promote(level);
        while (_levels.Count - _base > MostLevels)
            RaiseBase();
    }

    /// <summary>Sorts a level and sends every other value up; one left over stays.</summary>
    private void Promote(int level)
    {
        if (level + 1 == _levels.Count)
            _levels.Add(new ValueBuffer());
        var from = _levels[level];
        var sorted = from.Sort();
        var even = sorted.Length & ~1;
        var to = _levels[level + 1];
        for (var i = (int)(Next() & 1); i < even; i += 2)
            to.Append(sorted[i]);
        _kept -= even / 2;
        from.KeepFrom(even);
        IsExact &= even == 0;
    }

    /// <summary>From now on values are drawn from groups of twice the size.</summary>
    private void RaiseBase()
    {
        var level = _base;
        Promote(level);
        if ((Next() & 1) == 1)
            _target += 1L << level;
        _base++;
        IsExact = false;
        if (_levels[level].Count == 0)
            return;
        var left = _levels[level].Values[0];
        _levels[level].KeepFrom(1);
        _kept--;
        Sample(left, 1L << level);
    }

    private void Sample(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            var taken = (int)Math.Min((1L << _base) - _pending, values.Length);
            var at = _target - _pending;
            if (_pending == 0)
                _candidate = values[0];
            if (at >= 0 && at < taken)
                _candidate = values[(int)at];
            _pending += taken;
            values = values[taken..];
            EndGroup();
        }
    }

    /// <summary>Adds a value of a weight to the group from which one is drawn; what does not fit begins the next group.</summary>
    private void Sample(double value, long weight)
    {
        while (weight > 0)
        {
            var taken = Math.Min((1L << _base) - _pending, weight);
            var at = _target - _pending;
            if (_pending == 0 || (at >= 0 && at < taken))
                _candidate = value;
            _pending += taken;
            weight -= taken;
            EndGroup();
        }
    }

    private void EndGroup()
    {
        if (_pending < 1L << _base)
            return;
        _pending = 0;
        _target = (long)(Next() & ((1UL << _base) - 1));
        Append(_base, _candidate);
    }

    private ulong Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return _random * 0x2545F4914F6CDD1D >> 16;
    }
}
