using System.Buffers.Binary;
using System.IO.Hashing;
using DataEngineX.Lakehouse.Parquet.Format;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Walks through the pages of one column chunk and unpacks those that are wanted.</summary>
internal sealed class PageReader(
    ColumnChunk chunk, ChunkBytes bytes, int repetition, int definition, int rows, TrackingAllocator? budget) : IDisposable
{
    private readonly PageDecompressor _decompressor = new(chunk.Codec);
    private readonly PooledBytes _page = new(budget);
    private int _at;
    private int _nextPage;

    /// <summary>The header of the page at hand.</summary>
    internal PageHeader Header { get; private set; }

    internal PageSection Repetitions { get; private set; }

    internal PageSection Definitions { get; private set; }

    internal PageSection Values { get; private set; }

    /// <summary>The dictionary, which comes first where there is one.</summary>
    internal bool TryReadDictionary()
    {
        if (bytes.Length == 0 || (bytes.Pages.Length > 0 && bytes.Pages[0].Offset <= chunk.Start))
            return false;
        var header = PageHeader.Read(Rest(0), out var length);
        if (header.Type != PageType.Dictionary)
            return false;
        Verify(header, length);
        Header = header;
        Values = Unpack(length, header.CompressedBytes, header.UncompressedBytes, isPacked: true);
        _at = length + header.CompressedBytes;
        return true;
    }

    /// <summary>The entries that the headers of all data pages tell of, without unpacking any.</summary>
    internal long CountValues()
    {
        long count = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var header = PageHeader.Read(Rest(at), out var length);
            at += length + header.CompressedBytes;
            count += header.Type is PageType.Data or PageType.DataV2 ? header.ValueCount : 0;
        }

        return count;
    }

    /// <summary>Opens the next data page.</summary>
    /// <param name="skip">How many rows are not wanted; pages that lie wholly among them are passed over and their rows taken off.</param>
    /// <returns>False when the chunk has no more pages.</returns>
    internal bool MoveNext(ref int skip)
    {
        while (true)
        {
            if (bytes.Pages.Length > 0)
            {
                if (_nextPage == bytes.Pages.Length)
                    return false;
                var page = _nextPage++;
                var end = page + 1 < bytes.Pages.Length ? bytes.Pages[page + 1].FirstRow : rows;
                if (PassOver(ref skip, (int)(end - bytes.Pages[page].FirstRow)))
                    continue;
                if (bytes.Places[page] < 0)
                    Corrupt.Throw("the index of its pages contradicts itself");
                _at = bytes.Places[page];
            }

            if (_at >= bytes.Length)
                return false;
            var header = PageHeader.Read(Rest(_at), out var length);
            var start = _at + length;
            _at = start + header.CompressedBytes;
            if (header.Type is not (PageType.Data or PageType.DataV2))
                continue;
            if (bytes.Pages.Length == 0 && repetition == 0 && PassOver(ref skip, header.ValueCount))
                continue;
            Verify(header, start);
            Header = header;
            if (header.Type == PageType.Data)
                OpenV1(header, start);
            else
                OpenV2(header, start);
            return true;
        }
    }

    public void Dispose()
    {
        _decompressor.Dispose();
        _page.Dispose();
        bytes.Dispose();
    }

    private static bool PassOver(ref int skip, int rows)
    {
        if (rows > skip)
            return false;
        skip -= rows;
        return true;
    }

    private ReadOnlySpan<byte> Rest(int at) => bytes.Array.AsSpan(at, bytes.Length - at);

    private void Verify(in PageHeader header, int start)
    {
        if (header.Checksum is { } expected && (int)Crc32.HashToUInt32(bytes.Array.AsSpan(start, header.CompressedBytes)) != expected)
            Corrupt.Throw("a page has another checksum than its header says: the file is damaged");
    }

    private void OpenV1(PageHeader header, int start)
    {
        if (header.LevelEncoding != PageEncoding.Rle && definition > 0)
            Corrupt.Throw($"levels of encoding {(int)header.LevelEncoding}, which went out of use, are not read");
        var page = Unpack(start, header.CompressedBytes, header.UncompressedBytes, isPacked: true);
        Repetitions = repetition > 0 ? TakeLevels(ref page) : default;
        Definitions = definition > 0 ? TakeLevels(ref page) : default;
        Values = page;
    }

    private void OpenV2(PageHeader header, int start)
    {
        var levels = (long)header.RepetitionBytes + header.DefinitionBytes;
        if (header.RepetitionBytes < 0 || header.DefinitionBytes < 0 || levels > header.CompressedBytes || levels > header.UncompressedBytes)
            Corrupt.Throw("the levels of a page are longer than the page");
        Repetitions = new PageSection(bytes.Array, start, header.RepetitionBytes);
        Definitions = new PageSection(bytes.Array, start + header.RepetitionBytes, header.DefinitionBytes);
        Values = Unpack(start + (int)levels, header.CompressedBytes - (int)levels, header.UncompressedBytes - (int)levels, header.IsCompressed);
    }

    private PageSection Unpack(int start, int packed, int unpacked, bool isPacked)
    {
        if (_decompressor.IsNone || !isPacked)
            return new PageSection(bytes.Array, start, packed);
        if (unpacked == 0)
            return new PageSection(bytes.Array, start, 0);

        // A damaged header must not ask for memory without end: no chunk unpacks to more than its metadata say.
        if (unpacked > Math.Max(chunk.UncompressedBytes, 0) + 64)
            Corrupt.Throw($"a page of {unpacked} bytes in a column of {chunk.UncompressedBytes}");
        if (unpacked > 64 && unpacked / 70_000 > packed)
            Corrupt.Throw($"a page of {unpacked} bytes packed in {packed}");
        var target = _page.Take(unpacked);
        _decompressor.Unpack(bytes.Array.AsMemory(start, packed), target.AsSpan(0, unpacked));
        return new PageSection(target, 0, unpacked);
    }

    private static PageSection TakeLevels(ref PageSection page)
    {
        if (page.Length < sizeof(int))
            Corrupt.Throw("a page ends before its levels");
        var length = BinaryPrimitives.ReadInt32LittleEndian(page.Span);
        if (length < 0 || length > page.Length - sizeof(int))
            Corrupt.Throw("the levels of a page are longer than the page");
        var levels = new PageSection(page.Bytes, page.Start + sizeof(int), length);
        page = new PageSection(page.Bytes, levels.Start + length, page.Length - sizeof(int) - length);
        return levels;
    }
}
