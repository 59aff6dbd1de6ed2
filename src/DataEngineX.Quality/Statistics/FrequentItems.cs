using System.Text;

namespace DataEngineX.Quality;

/// <summary>The most frequent texts of a stream: all counts exact up to 2,048 distinct texts, then those of the frequent ones within a bound.</summary>
/// <remarks>
/// Beyond that, counts are those of Misra and Gries with 1,024 counters: never too high, and too low by at most <see cref="MaxError"/>,
/// which is at most a 1,024th of all. A text with a greater share is always there. Merging keeps the bound. Texts are told apart by their
/// first 256 bytes, their length and a hash of 64 bits; of longer ones the beginning is given back. It counts texts alone, since what else is counted has its
/// own form as text, equal for equal values, that a caller knows best; a profile counts numbers, dates and times by their stored bits, with the same bound.
/// </remarks>
public sealed class FrequentItems
{
    private const string Kind = "frequent_items";
    private readonly BytesCounts _counts;

    /// <summary>Nothing seen.</summary>
    public FrequentItems()
        : this(new BytesCounts(FixedCounts.Counters))
    {
    }

    private FrequentItems(BytesCounts counts) => _counts = counts;

    /// <summary>How many texts were added.</summary>
    public long Total { get; private set; }

    /// <summary>How much too low a count may be; zero while all are exact.</summary>
    public long MaxError => _counts.Error;

    /// <summary>The number of distinct texts, or null when there were too many to keep.</summary>
    public int? Distinct => _counts.Error == 0 ? _counts.Count : null;

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">How often. <value>Default: 1.</value></param>
    public void Add(string text, long count = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        Add(Encoding.UTF8.GetBytes(text), count);
    }

    /// <summary>Adds a text.</summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <param name="count">How often. <value>Default: 1.</value></param>
    public void Add(ReadOnlySpan<byte> utf8, long count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return;
        _counts.AddFrequent(utf8, utf8.Length, HashMix.Of(utf8), count);
        Total += count;
    }

    /// <summary>Takes in what another one has seen.</summary>
    /// <param name="other">The other one, left as it is.</param>
    public void Merge(FrequentItems other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < other._counts.Count; i++)
            _counts.AddFrequent(other._counts.Text(i), other._counts[i].Length, other._counts[i].Hash, other._counts[i].Count);
        _counts.AddError(other._counts.Error);
        Total += other.Total;
    }

    /// <summary>The most frequent texts, by falling count, then by code point.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<CountedValue> Top(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return CountedValues.Top(_counts, most, static bytes => Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The state as JSON, for <see cref="Parse"/>.</summary>
    public string ToJson() => StateFormat.Write(Kind, writer =>
    {
        writer.Write(Total);
        _counts.Save(writer);
    });

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="FormatException">The text is no such state.</exception>
    public static FrequentItems Parse(string json) => StateFormat.Read(json, Kind, reader =>
    {
        var total = StateFormat.Count(reader);
        return new FrequentItems(BytesCounts.Load(reader, FixedCounts.Counters)) { Total = total };
    });
}
