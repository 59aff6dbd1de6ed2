using System.Buffers.Binary;

namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>The names that the fields of a variant may have, by their numbers. Most rows of a file have the same ones, so they are looked at once.</summary>
internal sealed class VariantNames
{
    private readonly List<(int Start, int Length)> _places = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private byte[] _metadata = [];

    /// <summary>Takes the names of a row.</summary>
    /// <exception cref="FormatException">They are damaged.</exception>
    internal void Take(ReadOnlySpan<byte> metadata)
    {
        if (_places.Count > 0 && metadata.SequenceEqual(_metadata))
            return;
        _metadata = metadata.ToArray();
        _places.Clear();
        _numbers.Clear();
        if (metadata.IsEmpty || (metadata[0] & 0xF) != 1)
            throw new FormatException("the names of a variant are not of version 1");
        var width = (metadata[0] >> 6) + 1;
        var count = Number(metadata, 1, width);
        var texts = 1 + (width * (count + 2L));
        for (var i = 0; i < count; i++)
        {
            long start = Number(metadata, 1 + (width * (i + 1)), width), end = Number(metadata, 1 + (width * (i + 2)), width);
            if (end < start || texts + end > metadata.Length)
                throw new FormatException("the names of a variant end too early");
            _places.Add(((int)(texts + start), (int)(end - start)));
        }
    }

    /// <summary>The name of a number, in UTF-8.</summary>
    internal ReadOnlySpan<byte> this[int number] => number < _places.Count
        ? _metadata.AsSpan(_places[number].Start, _places[number].Length)
        : throw new FormatException($"a variant has a field of the name {number} where there are {_places.Count}");

    /// <summary>The number of a name.</summary>
    internal int Find(string name, ReadOnlySpan<byte> utf8)
    {
        if (_numbers.TryGetValue(name, out var known))
            return known;
        for (var i = 0; i < _places.Count; i++)
        {
            if (this[i].SequenceEqual(utf8))
                return _numbers[name] = i;
        }

        throw new FormatException($"the names of a variant lack that of its part '{name}'");
    }

    /// <summary>A number of one to four bytes, the lowest first.</summary>
    internal static int Number(ReadOnlySpan<byte> bytes, int at, int width)
    {
        if (at < 0 || at + width > bytes.Length)
            throw new FormatException("a variant ends too early");
        Span<byte> whole = stackalloc byte[4];
        whole.Clear();
        bytes.Slice(at, width).CopyTo(whole);
        return BinaryPrimitives.ReadInt32LittleEndian(whole) is >= 0 and var number ? number : throw new FormatException("a variant has a number beyond its bytes");
    }
}
