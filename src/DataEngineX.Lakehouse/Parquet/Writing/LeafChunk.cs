using System.IO.Hashing;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>One stored column while a file is written: collects a row group's entries, then encodes them.</summary>
internal sealed class LeafChunk(WriterLeaf leaf, ParquetWriteOptions options) : IDisposable
{
    private const int PageRows = 16_384;
    private const int PageBytes = 1 << 20;

    private readonly PageCompressor _compressor = new(options.Compression);
    private readonly PageCompressor _none = new(ParquetCompression.None);
    private readonly ByteSink _page = new();
    private readonly ByteSink _packed = new();
    private readonly ByteSink _header = new();

    internal WriterLeaf Leaf { get; } = leaf;

    internal LeafValues Values { get; } = FixedForms.Create(leaf);

    internal EntryLevels Levels { get; } = new();

    internal ByteSink Bytes { get; } = new();

    internal long NullCount { get; private set; }

    internal void Begin()
    {
        Values.Begin();
        Levels.Clear();
        Bytes.Clear();
    }

    /// <summary>Encodes what was collected into <see cref="Bytes"/>.</summary>
    internal WrittenChunk Encode()
    {
        var chunk = new WrittenChunk(Leaf) { Codec = _compressor.Codec, Entries = Levels.Count };
        var compressor = _compressor;
        if (options.Dictionary)
            Values.MakeDictionary();
        if (Values.DictionaryCount > 0)
        {
            _page.Clear();
            Values.WriteDictionary(_page);
            chunk.DictionaryBytes = AddPage(chunk, compressor, Values.DictionaryCount, PageType.Dictionary, PageEncoding.Plain);
        }

        chunk.Encodings.Add(Values.DictionaryCount > 0 ? PageEncoding.RleDictionary : Values.PlainEncoding);
        chunk.Encodings.AddRange(Values.DictionaryCount > 0 ? [PageEncoding.Plain, PageEncoding.Rle] : [PageEncoding.Rle]);
        int entry = 0, value = 0, row = 0;
        while (entry < Levels.Count)
        {
            var (entries, rows) = NextPage(entry);
            var valid = CountValid(entry, entries);
            WritePage(entry, entries, value, valid);
            var at = Bytes.Length;

            // A column that hardly gets smaller is not packed at all: that spares every reader the unpacking.
            if (entry == 0 && Values.DictionaryCount == 0 && !PaysToPack())
            {
                compressor = _none;
                chunk.Codec = PageCodec.Uncompressed;
            }

            var bytes = AddPage(chunk, compressor, entries, PageType.Data, chunk.Encodings[0]);
            chunk.Pages.Add(new WrittenPage(at, bytes, row, entries - valid, valid == 0, Values.BoundsOf(value, valid)));
            chunk.NullCount += entries - valid;
            entry += entries;
            value += valid;
            row += rows;
        }

        chunk.Bytes = Bytes.Length;
        chunk.Bounds = Values.GroupBounds();
        NullCount += chunk.NullCount;
        return chunk;
    }

    public void Dispose()
    {
        Values.Dispose();
        Levels.Dispose();
        Bytes.Dispose();
        _page.Dispose();
        _packed.Dispose();
        _header.Dispose();
        _compressor.Dispose();
        _none.Dispose();
    }

    /// <summary>How many entries and rows the page from an entry on has. A row's entries are never parted.</summary>
    private (int Entries, int Rows) NextPage(int first)
    {
        var most = Math.Max(1, Math.Min(PageRows, PageRows * (long)PageBytes / Math.Max(PageBytes, EstimateBytes())));
        if (Leaf.Repetition == 0)
        {
            var entries = (int)Math.Min(most, Levels.Count - first);
            return (entries, entries);
        }

        var repetitions = Levels.Repetitions;
        int rows = 0, at = first;
        for (; at < repetitions.Length; at++)
        {
            if (repetitions[at] == 0 && (rows == most || (rows > 0 && at - first >= PageRows * 4)))
                break;
            rows += repetitions[at] == 0 ? 1 : 0;
        }

        return (at - first, rows);
    }

    // The bytes that as many values as a page has rows would take, by what all values take.
    private long EstimateBytes() => Values.Count == 0 ? 0 : Values.ByteCount * PageRows / Values.Count;

    private int CountValid(int first, int entries)
    {
        if (Leaf.Definition == 0)
            return entries;
        return System.MemoryExtensions.Count(Levels.Definitions.Slice(first, entries), (byte)Leaf.Definition);
    }

    private void WritePage(int entry, int entries, int value, int valid)
    {
        _page.Clear();
        if (Leaf.Repetition > 0)
            LevelWriter.Write(_page, Levels.Repetitions.Slice(entry, entries), Leaf.Repetition);
        if (Leaf.Definition > 0)
            LevelWriter.Write(_page, Levels.Definitions.Slice(entry, entries), Leaf.Definition);
        Values.WriteValues(_page, value, valid);
    }

    private bool PaysToPack()
    {
        if (options.Compression == ParquetCompression.None)
            return true;
        _packed.Clear();
        return _compressor.Pack(_page.Written, _packed) < _page.Length * 0.9;
    }

    private int AddPage(WrittenChunk chunk, PageCompressor compressor, int values, PageType type, PageEncoding encoding)
    {
        _packed.Clear();
        var packed = compressor.Pack(_page.Written, _packed);
        _header.Clear();
        var writer = new ThriftWriter(_header);
        writer.StartElement();
        writer.Int(1, (int)type);
        writer.Int(2, _page.Length);
        writer.Int(3, packed);
        writer.Int(4, (int)Crc32.HashToUInt32(_packed.Written));
        writer.StartStruct(type == PageType.Dictionary ? 7 : 5);
        writer.Int(1, values);
        writer.Int(2, (int)encoding);
        if (type == PageType.Data)
        {
            writer.Int(3, (int)PageEncoding.Rle);
            writer.Int(4, (int)PageEncoding.Rle);
        }

        writer.EndStruct();
        writer.EndStruct();
        Bytes.Write(_header.Written);
        Bytes.Write(_packed.Written);
        chunk.UncompressedBytes += _header.Length + _page.Length;
        return _header.Length + packed;
    }
}
