using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The values of a page as offsets into one run of bytes, for encodings that keep lengths apart from bytes.</summary>
internal sealed class TextPages : IDisposable
{
    private readonly PooledBytes _offsets = new();
    private readonly PooledBytes _bytes = new();
    private PageSection _section;

    internal int Count { get; private set; }

    internal int ByteCount => Count == 0 ? 0 : Offsets[Count];

    internal Span<int> Offsets => MemoryMarshal.Cast<byte, int>(_offsets.Array.AsSpan())[..(Count + 1)];

    internal ReadOnlySpan<byte> Bytes => _section.Span;

    /// <summary>Values of one fixed length.</summary>
    internal void LoadFixed(PageSection values, int width)
    {
        Count = width == 0 ? 0 : values.Length / width;
        _offsets.Take((Count + 1) * sizeof(int));
        var offsets = Offsets;
        for (var i = 0; i < offsets.Length; i++)
            offsets[i] = i * width;
        _section = values;
    }

    /// <summary>Values of one fixed length, the first bytes of all of them before the second ones.</summary>
    internal void LoadStreams(PageSection values, int width) => LoadFixed(FixedPages.JoinStreams(values, width, _bytes), width);

    /// <summary>Values whose lengths, and perhaps the parts they share with the value before, are stored as differences.</summary>
    internal void LoadDelta(PageEncoding encoding, PageSection values, int most)
    {
        if (encoding == PageEncoding.DeltaLengthByteArray)
            LoadLengths(values, most);
        else
            LoadPrefixed(values, most);
    }

    public void Dispose()
    {
        _offsets.Dispose();
        _bytes.Dispose();
    }

    private void LoadLengths(PageSection values, int most)
    {
        var bytes = _offsets.Take(checked((most + 1) * sizeof(int)));
        var delta = new DeltaReader(values.Span);
        Count = delta.Read(MemoryMarshal.Cast<byte, int>(bytes.AsSpan(sizeof(int), most * sizeof(int))));
        Offsets[0] = 0;
        ToOffsets(Offsets, values.Length - delta.Position);
        _section = new PageSection(values.Bytes, values.Start + delta.Position, values.Length - delta.Position);
    }

    private void LoadPrefixed(PageSection values, int most)
    {
        using var pooled = new PooledBytes();
        var prefixes = MemoryMarshal.Cast<byte, int>(pooled.Take(checked(most * sizeof(int))).AsSpan(0, most * sizeof(int)));
        var delta = new DeltaReader(values.Span);
        var count = delta.Read(prefixes);
        LoadLengths(new PageSection(values.Bytes, values.Start + delta.Position, values.Length - delta.Position), most);
        if (Count != count)
            Corrupt.Throw("a page has as many shared parts as it has not values");
        var suffixes = _section.Span;
        var offsets = Offsets;
        long total = count == 0 ? 0 : offsets[count];
        for (var i = 0; i < count; i++)
            total += prefixes[i] >= 0 ? prefixes[i] : Corrupt.Throw<int>("a shared part of a negative length");
        if (total > int.MaxValue - PooledBytes.Slack)
            Corrupt.Throw("a page of more than 2 GiB of texts");
        var target = _bytes.Take((int)total).AsSpan();
        int at = 0, before = 0, from = 0;
        for (var i = 0; i < count; i++)
        {
            var suffix = offsets[i + 1] - from;
            if (prefixes[i] > at - before)
                Corrupt.Throw("a shared part is longer than the value before");
            target.Slice(before, prefixes[i]).CopyTo(target[at..]);
            suffixes.Slice(from, suffix).CopyTo(target[(at + prefixes[i])..]);
            from = offsets[i + 1];
            before = at;
            at += prefixes[i] + suffix;
            offsets[i + 1] = at;
        }

        _section = new PageSection(_bytes.Array, 0, at);
    }

    private static void ToOffsets(Span<int> lengths, int limit)
    {
        long at = 0;
        for (var i = 1; i < lengths.Length; i++)
        {
            var length = lengths[i];
            at += length;
            if (length < 0 || at > limit)
                Corrupt.Throw("a page has fewer bytes than its lengths say");
            lengths[i] = (int)at;
        }
    }
}
