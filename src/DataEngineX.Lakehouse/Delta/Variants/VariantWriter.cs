using System.Buffers.Binary;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>Writes variants in their binary form, one behind the other.</summary>
internal sealed class VariantWriter : IDisposable
{
    private readonly GrowBuffer<byte> _bytes = new();
    private readonly List<Part> _parts = [];

    internal int Length => _bytes.Count;

    /// <summary>The parts of objects that are being written, the outermost first.</summary>
    internal int Parts => _parts.Count;

    internal ReadOnlySpan<byte> From(int start) => _bytes.Items[start..];

    internal void Clear() => _bytes.Truncate(0);

    public void Dispose() => _bytes.Dispose();

    internal void Null() => _bytes.Add(0);

    internal void Bool(bool value) => _bytes.Add((byte)((value ? VariantKind.True : VariantKind.False) << 2));

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes.Room(value.Length));
        _bytes.Advance(value.Length);
    }

    internal void Int8(sbyte value) => Bytes([(byte)(VariantKind.Int8 << 2), (byte)value]);

    internal void Int16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Head(VariantKind.Int16, sizeof(short)), value);

    internal void Int32(int kind, int value) => BinaryPrimitives.WriteInt32LittleEndian(Head(kind, sizeof(int)), value);

    internal void Int64(int kind, long value) => BinaryPrimitives.WriteInt64LittleEndian(Head(kind, sizeof(long)), value);

    internal void Float(float value) => BinaryPrimitives.WriteSingleLittleEndian(Head(VariantKind.Float, sizeof(float)), value);

    internal void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Head(VariantKind.Double, sizeof(double)), value);

    /// <summary>A decimal in as many bytes as its digits need.</summary>
    internal void Decimal(int precision, int scale, Int128 unscaled)
    {
        var (kind, width) = precision switch { <= 9 => (VariantKind.Decimal4, 4), <= 18 => (VariantKind.Decimal8, 8), _ => (VariantKind.Decimal16, 16) };
        Span<byte> whole = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(whole, unscaled);
        var to = Head(kind, width + 1);
        to[0] = (byte)scale;
        whole[..width].CopyTo(to[1..]);
    }

    internal void Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 64)
            _bytes.Add((byte)((utf8.Length << 2) | VariantKind.ShortText));
        else
            Int32(VariantKind.Text, utf8.Length);
        Bytes(utf8);
    }

    internal void Binary(ReadOnlySpan<byte> value)
    {
        Int32(VariantKind.Binary, value.Length);
        Bytes(value);
    }

    /// <summary>Notes that a part of an object or list lies from a place on to the end.</summary>
    /// <param name="name">The number of its name; for elements of lists any.</param>
    /// <param name="start">Where it begins.</param>
    internal void AddPart(int name, int start) => _parts.Add(new Part(name, start));

    /// <summary>Puts the head of a list before its elements, which were noted since.</summary>
    internal void EndList(int first, int start)
    {
        var parts = _parts.GetRange(first, _parts.Count - first);
        var width = WidthOf(Length - start);
        var isLarge = parts.Count > byte.MaxValue;
        var head = 1 + (isLarge ? 4 : 1) + (width * (parts.Count + 1));
        var end = Length - start;
        var to = Insert(start, head);
        to[0] = (byte)(VariantKind.List | ((width - 1) << 2) | (isLarge ? 1 << 4 : 0));
        var at = 1 + Put(to, 1, isLarge ? 4 : 1, parts.Count);
        foreach (var part in parts)
            at += Put(to, at, width, part.Start - start);
        Put(to, at, width, end);
        _parts.RemoveRange(first, parts.Count);
    }

    /// <summary>Puts the head of an object before its fields, which were noted since.</summary>
    internal void EndObject(int first, int start, VariantNames names)
    {
        var parts = _parts.GetRange(first, _parts.Count - first);
        parts.Sort((left, right) => names[left.Name].SequenceCompareTo(names[right.Name]));
        var width = WidthOf(Length - start);
        var nameWidth = WidthOf(parts.Count == 0 ? 0 : parts.Max(p => p.Name));
        var isLarge = parts.Count > byte.MaxValue;
        var head = 1 + (isLarge ? 4 : 1) + (nameWidth * parts.Count) + (width * (parts.Count + 1));
        var end = Length - start;
        var to = Insert(start, head);
        to[0] = (byte)(VariantKind.Object | ((width - 1) << 2) | ((nameWidth - 1) << 4) | (isLarge ? 1 << 6 : 0));
        var at = 1 + Put(to, 1, isLarge ? 4 : 1, parts.Count);
        foreach (var part in parts)
            at += Put(to, at, nameWidth, part.Name);
        foreach (var part in parts)
            at += Put(to, at, width, part.Start - start);
        Put(to, at, width, end);
        _parts.RemoveRange(first, parts.Count);
    }

    private Span<byte> Head(int kind, int bytes)
    {
        _bytes.Add((byte)(kind << 2));
        var room = _bytes.Room(bytes)[..bytes];
        _bytes.Advance(bytes);
        return room;
    }

    /// <summary>Makes room at a place; what lies from there on moves back.</summary>
    private Span<byte> Insert(int start, int bytes)
    {
        var moved = Length - start;
        _bytes.Room(bytes);
        _bytes.Truncate(start);
        var room = _bytes.Room(moved + bytes);
        room[..moved].CopyTo(room[bytes..]);
        _bytes.Advance(moved + bytes);
        return room[..bytes];
    }

    private static int Put(Span<byte> to, int at, int width, int value)
    {
        for (var i = 0; i < width; i++, value >>= 8)
            to[at + i] = (byte)value;
        return width;
    }

    private static int WidthOf(int greatest) => greatest switch { <= byte.MaxValue => 1, <= ushort.MaxValue => 2, < 1 << 24 => 3, _ => 4 };

    private readonly record struct Part(int Name, int Start);
}
