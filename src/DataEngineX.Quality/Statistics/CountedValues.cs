namespace DataEngineX.Quality;

/// <summary>Lists of values by falling count.</summary>
internal static class CountedValues
{
    public static IReadOnlyList<CountedValue> Top(BytesCounts counts, int most, Func<ReadOnlySpan<byte>, string> text)
    {
        var order = Enumerable.Range(0, counts.Count).OrderByDescending(i => counts[i].Count);
        // Only those that tie with the last one wanted need their text to be put in order.
        var items = new List<CountedValue>();
        foreach (var index in order)
        {
            if (items.Count >= most && counts[index].Count < items[^1].Count)
                break;
            var shown = text(Whole(counts.Text(index)));
            items.Add(new CountedValue(counts[index].Length > BytesCounts.KeptBytes ? shown + "…" : shown, counts[index].Count, counts.Error));
        }

        return Ordered(items, most);
    }

    public static IReadOnlyList<CountedValue> Top(FixedCounts counts, int most, Func<ulong, string> text)
    {
        var items = counts.ToArray();
        Array.Sort(items, static (a, b) => b.Count.CompareTo(a.Count));
        var end = Math.Min(most, items.Length);
        while (end > 0 && end < items.Length && items[end].Count == items[end - 1].Count)
            end++;
        return Ordered([.. items.Take(end).Select(i => new CountedValue(text(HashMix.Undo(i.Hash)), i.Count, counts.Error))], most);
    }

    private static IReadOnlyList<CountedValue> Ordered(List<CountedValue> items, int most) =>
        [.. items.OrderByDescending(i => i.Count).ThenBy(i => i.Value, StringComparer.Ordinal).Take(most)];

    /// <summary>Without the bytes of a character that was cut.</summary>
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> text)
    {
        if (text.Length < BytesCounts.KeptBytes)
            return text;
        var end = text.Length;
        while (end > 0 && end > text.Length - 4 && (text[end - 1] & 0xC0) == 0x80)
            end--;
        return end > 0 && text[end - 1] >= 0xC0 && !IsWhole(text[(end - 1)..]) ? text[..(end - 1)] : text;
    }

    private static bool IsWhole(ReadOnlySpan<byte> last) => last.Length == (last[0] >= 0xF0 ? 4 : last[0] >= 0xE0 ? 3 : 2);
}
