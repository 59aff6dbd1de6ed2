namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>One column of one row group.</summary>
internal sealed class ColumnChunk
{
    internal PhysicalType Type { get; set; }

    internal string[] Path { get; set; } = [];

    internal PageCodec Codec { get; set; }

    internal long ValueCount { get; set; }

    internal long UncompressedBytes { get; set; }

    internal long CompressedBytes { get; set; }

    internal long DataOffset { get; set; }

    internal long DictionaryOffset { get; set; }

    internal ChunkStatistics Statistics { get; set; }

    internal long BloomOffset { get; set; }

    internal int BloomBytes { get; set; }

    internal long OffsetIndexOffset { get; set; }

    internal int OffsetIndexBytes { get; set; }

    internal long ColumnIndexOffset { get; set; }

    internal int ColumnIndexBytes { get; set; }

    internal bool IsElsewhere { get; set; }

    internal bool IsEncrypted { get; set; }

    /// <summary>Where the chunk starts. Some old writers give 0 for a dictionary that is not there.</summary>
    internal long Start => DictionaryOffset > 0 && DictionaryOffset < DataOffset ? DictionaryOffset : DataOffset;
}
