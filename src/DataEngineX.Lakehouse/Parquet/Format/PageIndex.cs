namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Reads the indexes that tell where the pages of a column chunk are and what they hold.</summary>
internal static class PageIndex
{
    internal static PageLocation[] ReadLocations(ReadOnlySpan<byte> data)
    {
        var reader = new ThriftReader(data);
        PageLocation[] pages = [];
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (id != 1 || type != ThriftType.List)
            {
                reader.Skip(type);
                continue;
            }

            pages = new PageLocation[reader.ReadList(out _)];
            for (var i = 0; i < pages.Length; i++)
                pages[i] = ReadLocation(ref reader);
        }

        return pages;
    }

    /// <summary>What each page holds; null where the index is not usable.</summary>
    internal static ChunkStatistics[]? ReadBounds(ReadOnlySpan<byte> data, int pages)
    {
        var reader = new ThriftReader(data);
        var isNull = new bool[pages];
        var min = new byte[pages][];
        var max = new byte[pages][];
        var nulls = new long?[pages];
        int id = 0, seen = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (type != ThriftType.List || id is not (1 or 2 or 3 or 5))
            {
                reader.Skip(type);
                continue;
            }

            if (reader.ReadList(out _) != pages)
                return null;
            seen |= 1 << id;
            for (var i = 0; i < pages; i++)
            {
                switch (id)
                {
                    case 1: isNull[i] = reader.ReadByte() == 1; break;
                    case 2: min[i] = reader.ReadBinary().ToArray(); break;
                    case 3: max[i] = reader.ReadBinary().ToArray(); break;
                    default: nulls[i] = reader.ReadLong(); break;
                }
            }
        }

        if ((seen & 0b1110) != 0b1110)
            return null;
        var bounds = new ChunkStatistics[pages];
        for (var i = 0; i < pages; i++)
            bounds[i] = isNull[i] ? new ChunkStatistics(null, null, long.MaxValue) : new ChunkStatistics(min[i], max[i], nulls[i]);
        return bounds;
    }

    private static PageLocation ReadLocation(ref ThriftReader reader)
    {
        long offset = 0, firstRow = 0;
        int bytes = 0, id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Long: offset = reader.ReadLong(); break;
                case 2 when type == ThriftType.Int: bytes = reader.ReadInt(); break;
                case 3 when type == ThriftType.Long: firstRow = reader.ReadLong(); break;
                default: reader.Skip(type); break;
            }
        }

        return new PageLocation(offset, bytes, firstRow);
    }
}
