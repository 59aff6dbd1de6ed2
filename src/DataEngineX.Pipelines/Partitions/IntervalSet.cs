using System.Globalization;
using System.Text;

namespace DataEngineX.Pipelines;

/// <summary>
/// A set of whole numbers held as intervals, so that a million neighbours cost as much as one. Immutable. Partitions that are done, and those that
/// are not, are such sets.
/// </summary>
public sealed class IntervalSet : IEquatable<IntervalSet>
{
    private readonly ArraySegment<Interval> _intervals;

    private IntervalSet(ArraySegment<Interval> intervals)
    {
        _intervals = intervals;
        foreach (var interval in intervals)
            Count += interval.Count;
    }

    /// <summary>The set of no number.</summary>
    public static IntervalSet Empty { get; } = new(ArraySegment<Interval>.Empty);

    /// <summary>How many numbers there are.</summary>
    public long Count { get; }

    /// <summary>The intervals, ascending, with a gap between any two.</summary>
    public IReadOnlyList<Interval> Intervals => _intervals;

    /// <summary>The numbers from one to another.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last; not greater than <paramref name="from"/> for none.</param>
    public static IntervalSet Of(long from, long to) => to <= from ? Empty : new IntervalSet(new Interval[] { new(from, to) });

    /// <summary>The numbers of any intervals, in any order, overlapping or not.</summary>
    /// <param name="intervals">The intervals.</param>
    public static IntervalSet Of(IEnumerable<Interval> intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        Interval[] ordered = [.. intervals.Where(i => i.Count > 0).OrderBy(i => i.From)];
        var merged = new Merged(ordered.Length);
        foreach (var next in ordered)
            merged.Add(next);
        return new IntervalSet(merged.All);
    }

    /// <summary>Whether a number is there.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(long value)
    {
        var at = FirstEndingAfter(value);
        return at < _intervals.Count && _intervals[at].From <= value;
    }

    /// <summary>Whether all numbers of another set are there.</summary>
    /// <param name="other">The other set.</param>
    public bool Contains(IntervalSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Except(this).Count == 0;
    }

    /// <summary>The numbers of either set.</summary>
    /// <param name="other">The other set.</param>
    public IntervalSet Union(IntervalSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var merged = new Merged(_intervals.Count + other._intervals.Count);
        int left = 0, right = 0;
        while (left < _intervals.Count || right < other._intervals.Count)
        {
            var takeLeft = right == other._intervals.Count || (left < _intervals.Count && _intervals[left].From <= other._intervals[right].From);
            merged.Add(takeLeft ? _intervals[left++] : other._intervals[right++]);
        }

        return new IntervalSet(merged.All);
    }

    /// <summary>The numbers of both sets.</summary>
    /// <param name="other">The other set.</param>
    public IntervalSet Intersect(IntervalSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var common = new Merged(_intervals.Count + other._intervals.Count);
        int left = 0, right = 0;
        while (left < _intervals.Count && right < other._intervals.Count)
        {
            var (a, b) = (_intervals[left], other._intervals[right]);
            var both = new Interval(Math.Max(a.From, b.From), Math.Min(a.To, b.To));
            if (both.Count > 0)
                common.Add(both);
            if (a.To < b.To)
                left++;
            else
                right++;
        }

        return new IntervalSet(common.All);
    }

    /// <summary>The numbers of this set that are not in another.</summary>
    /// <param name="other">The other set.</param>
    public IntervalSet Except(IntervalSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var left = new Merged(_intervals.Count + other._intervals.Count);
        var at = 0;
        foreach (var interval in _intervals)
        {
            var from = interval.From;
            while (at < other._intervals.Count && other._intervals[at].To <= from)
                at++;
            for (var i = at; i < other._intervals.Count && other._intervals[i].From < interval.To; i++)
            {
                if (other._intervals[i].From > from)
                    left.Add(new Interval(from, other._intervals[i].From));
                from = other._intervals[i].To;
            }

            if (from < interval.To)
                left.Add(new Interval(from, interval.To));
        }

        return new IntervalSet(left.All);
    }

    /// <summary>The set in pieces of at most so many neighbours, ascending. Made as they are asked for.</summary>
    /// <param name="size">The most numbers of a piece.</param>
    public IEnumerable<Interval> Pieces(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return PiecesOf(_intervals, size);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static IntervalSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var intervals = new Merged(text.AsSpan().Count(',') + 1);
        var end = 0L;
        var rest = text.AsSpan();
        foreach (var range in rest.Split(','))
        {
            var part = rest[range];
            if (part.IsEmpty && text.Length == 0)
                break;
            var plus = part.IndexOf('+');
            var gap = plus < 0 ? part : part[..plus];
            var count = 1L;
            if (!long.TryParse(gap, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var skipped)
                || (plus >= 0 && !long.TryParse(part[(plus + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count))
                || count < 1 || (intervals.All.Count > 0 && skipped < 1))
            {
                throw new FormatException($"'{text}' is not an interval set.");
            }

            intervals.Add(new Interval(checked(end + skipped), checked(end + skipped + count)));
            end = checked(end + skipped + count);
        }

        return new IntervalSet(intervals.All);
    }

    /// <summary>The text form, small for neighbours: for each interval how far its first number is from the end of the one before, and how many follow,
    /// such as <c>16436+31,2,1+5</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var end = 0L;
        foreach (var interval in _intervals)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{interval.From - end}");
            if (interval.Count > 1)
                text.Append(CultureInfo.InvariantCulture, $"+{interval.Count}");
            end = interval.To;
        }

        return text.ToString();
    }

    /// <summary>Whether both sets hold the same numbers.</summary>
    /// <param name="other">The other set.</param>
    public bool Equals(IntervalSet? other) => other is not null && _intervals.AsSpan().SequenceEqual(other._intervals.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IntervalSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, _intervals.Count == 0 ? default : _intervals[0]);

    private static IEnumerable<Interval> PiecesOf(ArraySegment<Interval> intervals, long size)
    {
        foreach (var interval in intervals)
        {
            for (var from = interval.From; from < interval.To; from += size)
                yield return new Interval(from, Math.Min(interval.To, from + size));
        }
    }

    private int FirstEndingAfter(long value)
    {
        int low = 0, high = _intervals.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_intervals[middle].To <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Takes intervals in ascending order and joins those that touch. Room is made once: such sets are made with each plan.</summary>
    private struct Merged(int most)
    {
        private readonly Interval[] _items = new Interval[most];
        private int _count;

        public readonly ArraySegment<Interval> All => new(_items, 0, _count);

        public void Add(Interval next)
        {
            if (_count > 0 && _items[_count - 1].To >= next.From)
                _items[_count - 1] = new Interval(_items[_count - 1].From, Math.Max(_items[_count - 1].To, next.To));
            else
                _items[_count++] = next;
        }
    }
}
