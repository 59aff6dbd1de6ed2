using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>What the footer and the page indexes say of a column chunk.</summary>
internal sealed class WrittenChunk(WriterLeaf leaf)
{
    internal WriterLeaf Leaf { get; } = leaf;

    internal PageCodec Codec { get; set; }

    internal List<PageEncoding> Encodings { get; } = [];

    internal List<WrittenPage> Pages { get; } = [];

    /// <summary>Where the chunk starts in the file.</summary>
    internal long Start { get; set; }

    /// <summary>The bytes of the dictionary page, which comes first; 0 when there is none.</summary>
    internal int DictionaryBytes { get; set; }

    internal long Bytes { get; set; }

    internal long UncompressedBytes { get; set; }

    internal long Entries { get; set; }

    internal long NullCount { get; set; }

    internal StoredRange? Bounds { get; set; }

    internal long ColumnIndexStart { get; set; }

    internal int ColumnIndexBytes { get; set; }

    internal long OffsetIndexStart { get; set; }

    internal int OffsetIndexBytes { get; set; }
}
