using System.Numerics;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>The values from one to another, of which a sample says that some rank lies between them, and how many are below.</summary>
internal sealed class ValueWindow<T>
    where T : unmanaged, INumber<T>
{
    private const int SampleSize = 1 << 15;

    /// <summary>The most values between the ends that are kept.</summary>
    private const int MostKept = 1 << 18;

    private readonly T _from;
    private readonly T _to;
    private List<T>? _inside = [];
    private long _below;
    private long _asFrom;
    private long _asTo;
    private bool _isSorted;

    private ValueWindow(T from, T to) => (_from, _to) = (from, to);

    /// <summary>The rank of the first value between the ends.</summary>
    public long FirstInside => _below + _asFrom;

    /// <summary>How many values lie between the ends.</summary>
    public long CountInside { get; private set; }

    /// <summary>The values between the ends in order; null where there are none, or too many.</summary>
    public List<T>? Inside
    {
        get
        {
            if (_inside is { Count: > 0 } && !_isSorted)
                _inside.Sort();
            _isSorted = true;
            return _inside is { Count: > 0 } ? _inside : null;
        }
    }

    /// <summary>Whether one of some values is NaN.</summary>
    public static bool HasNaN(ReadOnlySpan<T> values)
    {
        var i = 0;
        if (Vector<T>.IsSupported)
        {
            for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var next = new Vector<T>(values[i..]);
                if (!Vector.EqualsAll(next, next))
                    return true;
            }
        }

        for (; i < values.Length; i++)
        {
            if (T.IsNaN(values[i]))
                return true;
        }

        return false;
    }

    /// <summary>Values spread over all, in order.</summary>
    /// <param name="spool">The values.</param>
    /// <param name="count">How many they are, or how many lie between the ends of a window.</param>
    /// <param name="within">The window; null for all values.</param>
    public static T[] Sample(Spool spool, long count, ValueWindow<T>? within)
    {
        var step = Math.Max(1, count / SampleSize);
        var (sample, wait) = (new List<T>(), 0L);
        spool.Read(bytes =>
        {
            var values = MemoryMarshal.Cast<byte, T>(bytes);
            if (within is null)
            {
                for (; wait < values.Length; wait += step)
                    sample.Add(values[(int)wait]);
                wait -= values.Length;
                return;
            }

            foreach (var value in values)
            {
                if (value <= within._from || value >= within._to || wait++ % step != 0)
                    continue;
                sample.Add(value);
            }
        });
        sample.Sort();
        return [.. sample];
    }

    /// <summary>A window around a place of the values in order.</summary>
    /// <param name="sample">A sample of them, in order.</param>
    /// <param name="place">The place, from 0 to 1.</param>
    public static ValueWindow<T> Around(T[] sample, double place)
    {
        // Four times the standard deviation of the place in the sample of what is in the middle.
        var margin = 2 * Math.Sqrt(sample.Length);
        var middle = place * sample.Length;
        return new ValueWindow<T>(At(middle - margin), At(middle + margin));

        // One form of zero.
        T At(double index) => sample[(int)Math.Clamp(index, 0, sample.Length - 1)] + T.Zero;
    }

    /// <summary>Counts values and keeps those between the ends.</summary>
    public void Add(ReadOnlySpan<T> values)
    {
        var i = 0;
        if (Vector<T>.IsSupported)
        {
            var (from, to) = (new Vector<T>(_from), new Vector<T>(_to));
            var below = Vector<long>.Zero;
            for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var next = new Vector<T>(values[i..]);
                // All bits are -1.
                below -= Vector.LessThan(next, from).As<T, long>();
                if ((Vector.GreaterThanOrEqual(next, from) & Vector.LessThanOrEqual(next, to)) != Vector<T>.Zero)
                    AddNear(values.Slice(i, Vector<T>.Count));
            }

            _below += Vector.Sum(below);
        }

        foreach (var value in values[i..])
            _below += value < _from ? 1 : 0;
        AddNear(values[i..]);
    }

    /// <summary>Whether a rank lies in the window.</summary>
    public bool Holds(long rank) => rank >= _below && rank < FirstInside + CountInside + _asTo;

    /// <summary>The value at a rank; false where it does not lie in the window, or there are too many values in it.</summary>
    public bool At(long rank, out T value)
    {
        value = rank < FirstInside ? _from : _to;
        if (!Holds(rank))
            return false;
        if (rank < FirstInside || rank >= FirstInside + CountInside)
            return true;
        if (Inside is not { } inside)
            return false;
        value = inside[(int)(rank - FirstInside)];
        return true;
    }

    private void AddNear(ReadOnlySpan<T> values)
    {
        foreach (var value in values)
        {
            if (value == _from)
            {
                _asFrom++;
            }
            else if (value == _to)
            {
                _asTo++;
            }
            else if (value > _from && value < _to)
            {
                CountInside++;
                if (_inside?.Count == MostKept)
                    _inside = null;
                _inside?.Add(value + T.Zero);
            }
        }
    }
}
