namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>What stands before each page.</summary>
internal struct PageHeader
{
    internal PageType Type;
    internal int UncompressedBytes;
    internal int CompressedBytes;
    internal int ValueCount;
    internal int RowCount;
    internal PageEncoding Encoding;
    internal PageEncoding LevelEncoding;
    internal int DefinitionBytes;
    internal int RepetitionBytes;
    internal bool IsCompressed;

    /// <summary>The checksum of the bytes that follow, where the writer made one.</summary>
    internal int? Checksum;

    /// <summary>Reads a header and checks it against the bytes that follow it.</summary>
    /// <param name="data">The bytes from the header on.</param>
    /// <param name="length">How many the header takes.</param>
    internal static PageHeader Read(ReadOnlySpan<byte> data, out int length)
    {
        var reader = new ThriftReader(data);
        var header = new PageHeader { IsCompressed = true, LevelEncoding = PageEncoding.Rle, RowCount = -1 };
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Int: header.Type = (PageType)reader.ReadInt(); break;
                case 2 when type == ThriftType.Int: header.UncompressedBytes = reader.ReadInt(); break;
                case 3 when type == ThriftType.Int: header.CompressedBytes = reader.ReadInt(); break;
                case 4 when type == ThriftType.Int: header.Checksum = reader.ReadInt(); break;
                case 5 or 7 when type == ThriftType.Struct: ReadData(ref reader, ref header); break;
                case 8 when type == ThriftType.Struct: ReadDataV2(ref reader, ref header); break;
                default: reader.Skip(type); break;
            }
        }

        length = reader.Position;
        if (header.CompressedBytes < 0 || header.UncompressedBytes < 0 || header.ValueCount < 0 || header.CompressedBytes > data.Length - length)
            Corrupt.Throw("a page is larger than its column");
        return header;
    }

    private static void ReadData(ref ThriftReader reader, ref PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Int: header.ValueCount = reader.ReadInt(); break;
                case 2 when type == ThriftType.Int: header.Encoding = (PageEncoding)reader.ReadInt(); break;
                case 3 when type == ThriftType.Int: header.LevelEncoding = (PageEncoding)reader.ReadInt(); break;
                default: reader.Skip(type); break;
            }
        }
    }

    private static void ReadDataV2(ref ThriftReader reader, ref PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Int: header.ValueCount = reader.ReadInt(); break;
                case 3 when type == ThriftType.Int: header.RowCount = reader.ReadInt(); break;
                case 4 when type == ThriftType.Int: header.Encoding = (PageEncoding)reader.ReadInt(); break;
                case 5 when type == ThriftType.Int: header.DefinitionBytes = reader.ReadInt(); break;
                case 6 when type == ThriftType.Int: header.RepetitionBytes = reader.ReadInt(); break;
                case 7: header.IsCompressed = ThriftReader.ReadBool(type); break;
                default: reader.Skip(type); break;
            }
        }
    }
}
