using System.Collections.Concurrent;

namespace DataEngineX.Compute;

/// <summary>A stretch of time with one offset: from and to in seconds since 1970-01-01 in UTC, the offset in seconds.</summary>
internal readonly record struct ZoneSpan(long From, long To, int Offset)
{
    /// <summary>A clock is never moved by more than a day.</summary>
    private const long MostMoved = 86_400;

    public static readonly ZoneSpan None = new(0, 0, 0);

    public bool Holds(long seconds) => seconds >= From && seconds < To;

    /// <summary>Whether a local time is surely in this stretch and in none before it, so that its offset is the one wanted.</summary>
    public bool HoldsLocal(long local) => local - Offset >= From + MostMoved && local - Offset < To;
}

/// <summary>
/// The offsets of a time zone, asked for once a day of a year and found to the second where they change, so that a row costs two comparisons.
/// Offsets are whole minutes, as <see cref="TimeZoneInfo"/> has them.
/// </summary>
internal sealed class ZoneRules
{
    private const long SecondsPerDay = 86_400;
    private const int FirstYear = 1;
    private const int LastYear = 9998;

    private static readonly ConcurrentDictionary<string, ZoneRules> Known = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo _zone;
    private readonly ConcurrentDictionary<int, ZoneSpan[]> _years = new();

    private ZoneRules(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The rules of a zone; null for a name that is unknown.</summary>
    public static ZoneRules? TryFind(string id) => Known.TryGetValue(id, out ZoneRules? rules) ? rules
        : TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? Known.GetOrAdd(id, new ZoneRules(zone)) : null;

    /// <summary>The stretch that holds an instant.</summary>
    public ZoneSpan At(long seconds)
    {
        long year = Calendar.Civil(Calendar.FloorDiv(seconds, SecondsPerDay)).Year;
        if (year is < FirstYear or > LastYear)
        {
            bool before = year < FirstYear;
            long edge = Start(before ? FirstYear : LastYear + 1);
            return before ? new ZoneSpan(long.MinValue / 4, edge, OffsetAt(edge)) : new ZoneSpan(edge, long.MaxValue / 4, OffsetAt(edge - 1));
        }

        ZoneSpan[] spans = _years.GetOrAdd((int)year, static (y, self) => self.OfYear(y), this);
        int at = 0;
        while (!spans[at].Holds(seconds))
        {
            at++;
        }

        return spans[at];
    }

    /// <summary>The stretch whose offset turns a local time into the instant: the earlier one where two fit, the one before a gap.</summary>
    public ZoneSpan AtLocal(long local)
    {
        ZoneSpan span = At(local - SecondsPerDay);
        while (local - span.Offset >= span.To)
        {
            ZoneSpan next = At(span.To);
            if (local - next.Offset < next.From)
            {
                // The stretch before the gap counts on, which moves the time by the gap; nothing else is in that stretch.
                return new ZoneSpan(0, 0, span.Offset);
            }

            span = next;
        }

        return span;
    }

    private ZoneSpan[] OfYear(int year)
    {
        var spans = new List<ZoneSpan>();
        (long start, long end) = (Start(year), Start(year + 1));
        long from = start;
        int offset = OffsetAt(start);
        for (long day = start; day < end; day += SecondsPerDay)
        {
            long next = Math.Min(day + SecondsPerDay, end - 1);
            int then = OffsetAt(next);
            if (then == offset)
            {
                continue;
            }

            long change = FirstOther(day, next, offset);
            spans.Add(new ZoneSpan(from, change, offset));
            (from, offset) = (change, then);
        }

        spans.Add(new ZoneSpan(from, end, offset));
        return [.. spans];
    }

    private long FirstOther(long low, long high, int offset)
    {
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (OffsetAt(middle) == offset)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private int OffsetAt(long seconds) =>
        (int)_zone.GetUtcOffset(new DateTime(Epoch.Ticks + (seconds * TimeSpan.TicksPerSecond), DateTimeKind.Utc)).TotalSeconds;

    private static long Start(int year) => Calendar.Days(year, 1, 1) * SecondsPerDay;
}
