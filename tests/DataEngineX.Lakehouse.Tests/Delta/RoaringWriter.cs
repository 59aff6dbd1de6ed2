namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Writes 64-bit Roaring bitmaps the way the specification describes, slowly, for tests of the reader.</summary>
public static class RoaringWriter
{
    /// <summary>The bytes of a set; each container in the form asked for.</summary>
    public static byte[] Write(SortedSet<long> rows, string form)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(1_681_511_377);
        var buckets = rows.GroupBy(r => r >> 32).ToList();
        writer.Write((long)buckets.Count);
        foreach (var bucket in buckets)
        {
            writer.Write((int)bucket.Key);
            var containers = bucket.GroupBy(r => (r >> 16) & 0xFFFF).Select(c => (Key: (ushort)c.Key, Values: c.Select(r => (ushort)r).ToArray())).ToList();
            Bucket(writer, containers, form == "runs");
        }

        writer.Flush();
        return stream.ToArray();
    }

    public static uint Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }

    private static void Bucket(BinaryWriter writer, List<(ushort Key, ushort[] Values)> containers, bool runs)
    {
        if (runs)
        {
            writer.Write(12_347 | ((containers.Count - 1) << 16));
            writer.Write(Enumerable.Repeat((byte)0xFF, (containers.Count + 7) / 8).ToArray());
        }
        else
        {
            writer.Write(12_346);
            writer.Write(containers.Count);
        }

        foreach (var (key, values) in containers)
        {
            writer.Write(key);
            writer.Write((ushort)(values.Length - 1));
        }

        if (!runs || containers.Count >= 4)
            writer.Write(new byte[containers.Count * 4]);
        foreach (var (_, values) in containers)
            Container(writer, values, runs);
    }

    private static void Container(BinaryWriter writer, ushort[] values, bool runs)
    {
        if (runs)
        {
            var starts = values.Where((v, i) => i == 0 || values[i - 1] != v - 1).ToList();
            var ends = values.Where((v, i) => i == values.Length - 1 || values[i + 1] != v + 1).ToList();
            writer.Write((ushort)starts.Count);
            for (var i = 0; i < starts.Count; i++)
            {
                writer.Write(starts[i]);
                writer.Write((ushort)(ends[i] - starts[i]));
            }
        }
        else if (values.Length > 4_096)
        {
            var bits = new byte[8_192];
            foreach (var value in values)
                bits[value / 8] |= (byte)(1 << (value % 8));
            writer.Write(bits);
        }
        else
        {
            foreach (var value in values)
                writer.Write(value);
        }
    }
}
