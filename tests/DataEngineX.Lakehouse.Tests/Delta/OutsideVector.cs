using System.Buffers.Binary;
using System.Text.Json;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Decodes deletion vectors by the letter of the protocol, without any of our code.</summary>
public static class OutsideVector
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <summary>The rows that a vector names.</summary>
    public static List<long> Rows(string table, JsonElement vector)
    {
        var text = vector.GetProperty("pathOrInlineDv").GetString()!;
        var size = vector.GetProperty("sizeInBytes").GetInt32();
        var data = vector.GetProperty("storageType").GetString() == "i"
            ? FromBase85(text).AsSpan(0, size).ToArray()
            : FromFile(table, text, vector.GetProperty("offset").GetInt32(), size);
        var rows = Decode(data);
        Assert.Equal(vector.GetProperty("cardinality").GetInt64(), rows.Count);
        return rows;
    }

    private static byte[] FromFile(string table, string text, int offset, int size)
    {
        var id = new Guid(FromBase85(text[^20..]), bigEndian: true);
        var file = File.ReadAllBytes(Path.Combine(table, text[..^20], $"deletion_vector_{id}.bin"));
        Assert.Equal(1, file[0]);
        Assert.Equal(size, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(offset)));
        var data = file.AsSpan(offset + 4, size).ToArray();
        Assert.Equal(Crc32(data), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(offset + 4 + size)));
        return data;
    }

    private static List<long> Decode(byte[] data)
    {
        Assert.Equal(1_681_511_377, BinaryPrimitives.ReadInt32LittleEndian(data));
        var rows = new List<long>();
        var at = 12;
        for (var bitmaps = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(4)); bitmaps > 0; bitmaps--)
        {
            var high = (long)BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at)) << 32;
            at += 4;
            Bitmap(data, ref at, high, rows);
        }

        Assert.Equal(data.Length, at);
        return rows;
    }

    private static void Bitmap(byte[] data, ref int at, long high, List<long> rows)
    {
        var cookie = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at));
        at += 4;
        int containers;
        var runs = System.Array.Empty<byte>();
        if ((cookie & 0xFFFF) == 12_347)
        {
            containers = (int)(cookie >> 16) + 1;
            runs = data[at..(at + ((containers + 7) / 8))];
            at += runs.Length;
        }
        else
        {
            Assert.Equal(12_346u, cookie);
            containers = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at));
            at += 4;
        }

        var heads = new List<(int Key, int Count)>();
        for (; heads.Count < containers; at += 4)
            heads.Add((Short(data, at), Short(data, at + 2) + 1));
        if (runs.Length == 0 || containers >= 4)
            at += 4 * containers; // Where each container begins; they follow each other anyway.
        for (var i = 0; i < containers; i++)
        {
            var (key, count) = heads[i];
            var first = high | ((long)key << 16);
            if (runs.Length > 0 && (runs[i / 8] & (1 << (i % 8))) != 0)
            {
                var number = Short(data, at);
                at += 2;
                for (; number > 0; number--, at += 4)
                    rows.AddRange(Enumerable.Range(Short(data, at), Short(data, at + 2) + 1).Select(low => first | (long)low));
            }
            else if (count <= 4096)
            {
                for (; count > 0; count--, at += 2)
                    rows.Add(first | (long)Short(data, at));
            }
            else
            {
                for (var bit = 0; bit < 65_536; bit++)
                {
                    if ((data[at + (bit / 8)] & (1 << (bit % 8))) != 0)
                        rows.Add(first | (long)bit);
                }

                at += 8192;
            }
        }
    }

    private static int Short(byte[] data, int at) => BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(at));

    private static byte[] FromBase85(string text)
    {
        var bytes = new byte[text.Length / 5 * 4];
        for (var i = 0; i < text.Length / 5; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), text.AsSpan(5 * i, 5).ToArray().Aggregate(0u, (sum, c) => (sum * 85) + (uint)Digits.IndexOf(c, StringComparison.Ordinal)));
        return bytes;
    }

    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
