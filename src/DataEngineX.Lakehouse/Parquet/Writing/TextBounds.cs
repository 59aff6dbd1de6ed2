using System.Buffers.Binary;
using System.Text;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>The least and the greatest of texts, by their bytes.</summary>
internal sealed class TextBounds
{
    private const int StoredLimit = 64;
    private const int TextLimit = 32;

    private byte[]? _min;
    private byte[]? _max;

    internal void Add(TextBounds other)
    {
        if (other._min is null)
            return;
        Add(other._min);
        Add(other._max);
    }

    internal void Add(ReadOnlySpan<byte> text)
    {
        if (_min is null || text.SequenceCompareTo(_min) < 0)
            _min = text.ToArray();
        if (_max is null || text.SequenceCompareTo(_max) > 0)
            _max = text.ToArray();
    }

    /// <summary>Adds texts that lie one after another. Most lie between the bounds, which their first eight bytes often tell.</summary>
    internal void Add(byte[] bytes, ReadOnlySpan<int> offsets)
    {
        if (offsets.Length < 2)
            return;
        int least = 0, greatest = 0;
        ulong low = Prefix(bytes, offsets, 0), high = low;
        for (var i = 1; i < offsets.Length - 1; i++)
        {
            var prefix = Prefix(bytes, offsets, i);
            if (prefix <= low && (prefix < low || At(bytes, offsets, i).SequenceCompareTo(At(bytes, offsets, least)) < 0))
            {
                least = i;
                low = prefix;
            }

            if (prefix >= high && (prefix > high || At(bytes, offsets, i).SequenceCompareTo(At(bytes, offsets, greatest)) > 0))
            {
                greatest = i;
                high = prefix;
            }
        }

        Add(At(bytes, offsets, least));
        Add(At(bytes, offsets, greatest));
    }

    /// <summary>Bounds for a file; null when a long greatest value has no short one above it.</summary>
    internal StoredRange? ToRange(bool isText)
    {
        if (_min is null || _max is null)
            return null;
        var min = Cut(_min, isText);
        var max = _max.Length <= StoredLimit ? _max : isText ? Raise(Cut(_max, isText)) : RaiseBytes(_max[..StoredLimit]);
        return max is null ? null : new StoredRange(min, max, min.Length == _min.Length, _max.Length <= StoredLimit);
    }

    /// <summary>Bounds as texts of at most 32 characters.</summary>
    internal (string? Min, string? Max) ToTexts()
    {
        if (_min is null || _max is null)
            return (null, null);
        var max = Cut(Encoding.UTF8.GetString(_max), out var shortened);
        return (Cut(Encoding.UTF8.GetString(_min), out _), shortened ? Raise(max) : max);
    }

    private static ReadOnlySpan<byte> At(byte[] bytes, ReadOnlySpan<int> offsets, int i) => bytes.AsSpan(offsets[i], offsets[i + 1] - offsets[i]);

    // A shorter text counts as if zeros followed: then the prefixes are equal and the texts themselves are compared.
    private static ulong Prefix(byte[] bytes, ReadOnlySpan<int> offsets, int i)
    {
        var length = offsets[i + 1] - offsets[i];
        var word = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(offsets[i]));
        return length >= 8 ? word : length == 0 ? 0 : word & (ulong.MaxValue << (64 - (8 * length)));
    }

    private static byte[] Cut(byte[] bytes, bool isText)
    {
        if (bytes.Length <= StoredLimit)
            return bytes;
        var length = StoredLimit;
        while (isText && length > 0 && (bytes[length] & 0xC0) == 0x80)
            length--;
        return bytes[..length];
    }

    private static byte[]? Raise(byte[] text) => Raise(Encoding.UTF8.GetString(text)) is { } raised ? Encoding.UTF8.GetBytes(raised) : null;

    /// <summary>A cut text is smaller than the whole one, so its last character is raised; where none can be, there is no bound.</summary>
    private static string? Raise(string cut)
    {
        var runes = cut.EnumerateRunes().ToArray();
        for (var last = runes.Length - 1; last >= 0; last--)
        {
            var next = runes[last].Value + 1;
            if (next is >= 0xD800 and <= 0xDFFF)
                next = 0xE000;
            if (next <= 0x10FFFF)
                return string.Concat(runes.Take(last).Select(r => r.ToString())) + new Rune(next);
        }

        return null;
    }

    private static byte[]? RaiseBytes(byte[] cut)
    {
        for (var last = cut.Length - 1; last >= 0; last--)
        {
            if (cut[last] == 0xFF)
                continue;
            var raised = cut[..(last + 1)];
            raised[last]++;
            return raised;
        }

        return null;
    }

    private static string Cut(string text, out bool shortened)
    {
        shortened = text.Length > TextLimit;
        if (!shortened)
            return text;
        return text[..(char.IsHighSurrogate(text[TextLimit - 1]) ? TextLimit - 1 : TextLimit)];
    }
}
