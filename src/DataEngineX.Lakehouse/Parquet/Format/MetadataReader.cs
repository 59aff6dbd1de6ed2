using System.Text;

namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Reads the footer of a file.</summary>
internal static class MetadataReader
{
    internal static FileMetadata Read(ReadOnlySpan<byte> footer)
    {
        var reader = new ThriftReader(footer);
        var file = new FileMetadata();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 2 when type == ThriftType.List:
                    for (var n = reader.ReadList(out _); n > 0; n--)
                        file.Schema.Add(SchemaReader.Read(ref reader));
                    break;
                case 3 when type == ThriftType.Long: file.RowCount = reader.ReadLong(); break;
                case 4 when type == ThriftType.List:
                    for (var n = reader.ReadList(out _); n > 0; n--)
                        file.RowGroups.Add(ReadRowGroup(ref reader));
                    break;
                case 5 when type == ThriftType.List:
                    for (var n = reader.ReadList(out _); n > 0; n--)
                        ReadPair(ref reader, file.Pairs);
                    break;
                case 8: Corrupt.Throw("it is encrypted"); break;
                default: reader.Skip(type); break;
            }
        }

        Check(file);
        return file;
    }

    /// <summary>Statistics as they stand in a chunk or page.</summary>
    internal static ChunkStatistics ReadStatistics(ref ThriftReader reader, PhysicalType type)
    {
        byte[]? min = null, max = null, oldMin = null, oldMax = null;
        long? nulls = null;
        var id = 0;
        while (reader.NextField(ref id, out var field))
        {
            switch (id)
            {
                case 1 when field == ThriftType.Binary: oldMax = reader.ReadBinary().ToArray(); break;
                case 2 when field == ThriftType.Binary: oldMin = reader.ReadBinary().ToArray(); break;
                case 3 when field == ThriftType.Long: nulls = reader.ReadLong(); break;
                case 5 when field == ThriftType.Binary: max = reader.ReadBinary().ToArray(); break;
                case 6 when field == ThriftType.Binary: min = reader.ReadBinary().ToArray(); break;
                default: reader.Skip(field); break;
            }
        }

        // The old fields have no defined order for bytes, so they serve numbers only.
        var isNumber = type is PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double;
        return new ChunkStatistics(min ?? (isNumber ? oldMin : null), max ?? (isNumber ? oldMax : null), nulls);
    }

    private static void ReadPair(ref ThriftReader reader, Dictionary<string, string> pairs)
    {
        string? key = null, value = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Binary: key = reader.ReadText(); break;
                case 2 when type == ThriftType.Binary: value = reader.ReadText(); break;
                default: reader.Skip(type); break;
            }
        }

        if (key is not null)
            pairs[key] = value ?? "";
    }

    private static RowGroup ReadRowGroup(ref ThriftReader reader)
    {
        var group = new RowGroup();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.List:
                    for (var n = reader.ReadList(out _); n > 0; n--)
                        group.Columns.Add(ReadChunk(ref reader));
                    break;
                case 2 when type == ThriftType.Long: group.Bytes = reader.ReadLong(); break;
                case 3 when type == ThriftType.Long: group.RowCount = reader.ReadLong(); break;
                default: reader.Skip(type); break;
            }
        }

        return group;
    }

    private static ColumnChunk ReadChunk(ref ThriftReader reader)
    {
        var chunk = new ColumnChunk();
        var id = 0;
        var hasData = false;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Binary: chunk.IsElsewhere = reader.ReadBinary().Length > 0; break;
                case 3 when type == ThriftType.Struct: ReadChunkData(ref reader, chunk); hasData = true; break;
                case 4 when type == ThriftType.Long: chunk.OffsetIndexOffset = reader.ReadLong(); break;
                case 5 when type == ThriftType.Int: chunk.OffsetIndexBytes = reader.ReadInt(); break;
                case 6 when type == ThriftType.Long: chunk.ColumnIndexOffset = reader.ReadLong(); break;
                case 7 when type == ThriftType.Int: chunk.ColumnIndexBytes = reader.ReadInt(); break;
                case 8 or 9: chunk.IsEncrypted = true; reader.Skip(type); break;
                default: reader.Skip(type); break;
            }
        }

        chunk.IsEncrypted |= !hasData;
        return chunk;
    }

    private static void ReadChunkData(ref ThriftReader reader, ColumnChunk chunk)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Int: chunk.Type = (PhysicalType)reader.ReadInt(); break;
                case 3 when type == ThriftType.List: chunk.Path = ReadPath(ref reader); break;
                case 4 when type == ThriftType.Int: chunk.Codec = (PageCodec)reader.ReadInt(); break;
                case 5 when type == ThriftType.Long: chunk.ValueCount = reader.ReadLong(); break;
                case 6 when type == ThriftType.Long: chunk.UncompressedBytes = reader.ReadLong(); break;
                case 7 when type == ThriftType.Long: chunk.CompressedBytes = reader.ReadLong(); break;
                case 9 when type == ThriftType.Long: chunk.DataOffset = reader.ReadLong(); break;
                case 11 when type == ThriftType.Long: chunk.DictionaryOffset = reader.ReadLong(); break;
                case 12 when type == ThriftType.Struct: chunk.Statistics = ReadStatistics(ref reader, chunk.Type); break;
                case 14 when type == ThriftType.Long: chunk.BloomOffset = reader.ReadLong(); break;
                case 15 when type == ThriftType.Int: chunk.BloomBytes = reader.ReadInt(); break;
                default: reader.Skip(type); break;
            }
        }
    }

    private static string[] ReadPath(ref ThriftReader reader)
    {
        var path = new string[reader.ReadList(out _)];
        for (var i = 0; i < path.Length; i++)
            path[i] = Encoding.UTF8.GetString(reader.ReadBinary());
        return path;
    }

    private static void Check(FileMetadata file)
    {
        if (file.Schema.Count == 0)
            Corrupt.Throw("it has no schema");
        long first = 0;
        foreach (var group in file.RowGroups)
        {
            if (group.RowCount is < 0 or > int.MaxValue)
                Corrupt.Throw($"a row group has {group.RowCount} rows");
            group.FirstRow = first;
            first += group.RowCount;
        }

        // Some writers leave the number at 0.
        if (file.RowCount != first && file.RowCount != 0)
            Corrupt.Throw($"it says it has {file.RowCount} rows, and its row groups have {first}");
        file.RowCount = first;
    }
}
