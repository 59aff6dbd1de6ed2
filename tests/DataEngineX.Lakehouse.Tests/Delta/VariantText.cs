using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Tells variants in their binary form as text, by the letter of the specification and without any of our code.</summary>
public static class VariantText
{
    public static string Of(ReadOnlySpan<byte> metadata, ReadOnlySpan<byte> value)
    {
        var (text, length) = Value(Names(metadata), value);
        Assert.Equal(value.Length, length);
        return text;
    }

    /// <summary>The binary form of names.</summary>
    public static byte[] Metadata(params string[] names)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(1 | (1 << 6));
        Two(names.Length);
        var at = 0;
        Two(0);
        foreach (var name in names)
            Two(at += Encoding.UTF8.GetByteCount(name));
        bytes.Write(Encoding.UTF8.GetBytes(string.Concat(names)));
        return bytes.ToArray();

        void Two(int number)
        {
            bytes.WriteByte((byte)number);
            bytes.WriteByte((byte)(number >> 8));
        }
    }

    private static string[] Names(ReadOnlySpan<byte> metadata)
    {
        Assert.Equal(1, metadata[0] & 0xF);
        var width = (metadata[0] >> 6) + 1;
        var names = new string[Number(metadata, 1, width)];
        for (var i = 0; i < names.Length; i++)
        {
            var (start, end) = (Number(metadata, 1 + (width * (i + 1)), width), Number(metadata, 1 + (width * (i + 2)), width));
            names[i] = Encoding.UTF8.GetString(metadata[(1 + (width * (names.Length + 2)))..][start..end]);
        }

        return names;
    }

    private static (string Text, int Length) Value(string[] names, ReadOnlySpan<byte> value)
    {
        var header = value[0] >> 2;
        return (value[0] & 3) switch
        {
            0 => Primitive(header, value[1..]),
            1 => ($"\"{Encoding.UTF8.GetString(value.Slice(1, header))}\"", 1 + header),
            2 => Object(names, header, value),
            _ => List(names, header, value),
        };
    }

    private static (string, int) Primitive(int kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        0 => ("null", 1),
        1 => ("true", 1),
        2 => ("false", 1),
        3 => ($"{(sbyte)bytes[0]}i8", 2),
        4 => ($"{BinaryPrimitives.ReadInt16LittleEndian(bytes)}i16", 3),
        5 => ($"{BinaryPrimitives.ReadInt32LittleEndian(bytes)}", 5),
        6 => ($"{BinaryPrimitives.ReadInt64LittleEndian(bytes)}i64", 9),
        7 => ($"{BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture)}d", 9),
        8 => ($"{BinaryPrimitives.ReadInt32LittleEndian(bytes[1..])}e-{bytes[0]}", 6),
        9 => ($"{BinaryPrimitives.ReadInt64LittleEndian(bytes[1..])}e-{bytes[0]}", 10),
        10 => ($"{BinaryPrimitives.ReadInt128LittleEndian(bytes[1..])}e-{bytes[0]}", 18),
        11 => ($"day {BinaryPrimitives.ReadInt32LittleEndian(bytes)}", 5),
        12 => ($"instant {BinaryPrimitives.ReadInt64LittleEndian(bytes)}", 9),
        13 => ($"local {BinaryPrimitives.ReadInt64LittleEndian(bytes)}", 9),
        14 => ($"{BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture)}f", 5),
        15 => ($"x{Convert.ToHexString(bytes.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(bytes)))}", 5 + BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        16 => ($"\"{Encoding.UTF8.GetString(bytes.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(bytes)))}\"", 5 + BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        17 => ($"time {BinaryPrimitives.ReadInt64LittleEndian(bytes)}", 9),
        _ => throw new InvalidOperationException($"There is no kind {kind}."),
    };

    private static (string, int) Object(string[] names, int header, ReadOnlySpan<byte> value)
    {
        var (width, nameWidth, countWidth) = ((header & 3) + 1, ((header >> 2) & 3) + 1, (header & 16) == 0 ? 1 : 4);
        var count = Number(value, 1, countWidth);
        var offsets = 1 + countWidth + (count * nameWidth);
        var values = offsets + ((count + 1) * width);
        var fields = new List<(string Name, string Text)>();
        for (var i = 0; i < count; i++)
        {
            var name = names[Number(value, 1 + countWidth + (i * nameWidth), nameWidth)];
            fields.Add((name, Value(names, value[(values + Number(value, offsets + (i * width), width))..]).Text));
        }

        Assert.Equal(fields.Select(f => f.Name).Order(StringComparer.Ordinal), fields.Select(f => f.Name));
        Assert.Equal(count, fields.DistinctBy(f => f.Name).Count());
        return ($"{{{string.Join(',', fields.Select(f => $"{f.Name}:{f.Text}"))}}}", values + Number(value, offsets + (count * width), width));
    }

    private static (string, int) List(string[] names, int header, ReadOnlySpan<byte> value)
    {
        var (width, countWidth) = ((header & 3) + 1, (header & 4) == 0 ? 1 : 4);
        var count = Number(value, 1, countWidth);
        var values = 1 + countWidth + ((count + 1) * width);
        var elements = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var (text, length) = Value(names, value[(values + Number(value, 1 + countWidth + (i * width), width))..]);
            Assert.Equal(length, Number(value, 1 + countWidth + ((i + 1) * width), width) - Number(value, 1 + countWidth + (i * width), width));
            elements.Add(text);
        }

        return ($"[{string.Join(',', elements)}]", values + Number(value, 1 + countWidth + (count * width), width));
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at, int width)
    {
        var number = 0;
        for (var i = width - 1; i >= 0; i--)
            number = (number << 8) | bytes[at + i];
        return number;
    }
}
