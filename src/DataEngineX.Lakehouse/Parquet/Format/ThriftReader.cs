using System.Text;

namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Reads Thrift's compact protocol from bytes that may be damaged: every length is checked against what is there.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> data)
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The bytes read.</summary>
    internal int Position { get; private set; }

    /// <summary>The next field of a struct; false at its end.</summary>
    /// <param name="id">The id of the field before, 0 at the start; then that of this one.</param>
    /// <param name="type">How the value is written.</param>
    internal bool NextField(ref int id, out ThriftType type)
    {
        var header = ReadByte();
        type = (ThriftType)(header & 0x0F);
        if (type == ThriftType.Stop)
            return false;
        var delta = header >> 4;
        id = delta == 0 ? (int)ReadLong() : id + delta;
        return true;
    }

    internal byte ReadByte() => Position < _data.Length ? _data[Position++] : Corrupt.Throw<byte>("the metadata end too early");

    internal long ReadLong()
    {
        var value = ReadUnsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    internal int ReadInt()
    {
        var value = ReadLong();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : Corrupt.Throw<int>($"the number {value} in the metadata is too large");
    }

    /// <summary>A value of the field types true and false, which are the value.</summary>
    internal static bool ReadBool(ThriftType type) => type == ThriftType.True;

    internal ReadOnlySpan<byte> ReadBinary()
    {
        var length = ReadUnsigned();
        if (length > (ulong)(_data.Length - Position))
            Corrupt.Throw("a text of the metadata is longer than what is left");
        var bytes = _data.Slice(Position, (int)length);
        Position += (int)length;
        return bytes;
    }

    internal string ReadText() => Encoding.UTF8.GetString(ReadBinary());

    /// <summary>The head of a list. Each element takes a byte at least, so a count cannot ask for more memory than the file has.</summary>
    internal int ReadList(out ThriftType element)
    {
        var header = ReadByte();
        element = (ThriftType)(header & 0x0F);
        var count = (ulong)(header >> 4);
        if (count == 15)
            count = ReadUnsigned();
        return count <= (ulong)(_data.Length - Position) ? (int)count : Corrupt.Throw<int>("a list of the metadata is longer than what is left");
    }

    internal void Skip(ThriftType type) => Skip(type, 0);

    private void Skip(ThriftType type, int depth)
    {
        if (depth > MaxDepth)
            Corrupt.Throw("the metadata are nested too deep");
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                ReadByte();
                break;
            case ThriftType.Short or ThriftType.Int or ThriftType.Long:
                ReadUnsigned();
                break;
            case ThriftType.Double:
                Advance(sizeof(double));
                break;
            case ThriftType.Binary:
                ReadBinary();
                break;
            case ThriftType.List or ThriftType.Set:
                var count = ReadList(out var element);
                for (var i = 0; i < count; i++)
                    SkipElement(element, depth + 1);
                break;
            case ThriftType.Map:
                SkipMap(depth + 1);
                break;
            case ThriftType.Struct:
                var id = 0;
                while (NextField(ref id, out var field))
                    Skip(field, depth + 1);
                break;
            default:
                Corrupt.Throw($"the metadata hold a value of the unknown kind {(int)type}");
                break;
        }
    }

    private void SkipMap(int depth)
    {
        var count = ReadUnsigned();
        if (count == 0)
            return;
        var types = ReadByte();
        for (ulong i = 0; i < count; i++)
        {
            SkipElement((ThriftType)(types >> 4), depth);
            SkipElement((ThriftType)(types & 0x0F), depth);
        }
    }

    // In lists a truth value takes a byte, in a field none.
    private void SkipElement(ThriftType type, int depth) => Skip(type is ThriftType.True or ThriftType.False ? ThriftType.Byte : type, depth);

    private void Advance(int count)
    {
        if (count > _data.Length - Position)
            Corrupt.Throw("the metadata end too early");
        Position += count;
    }

    private ulong ReadUnsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        return Corrupt.Throw<ulong>("a number of the metadata has no end");
    }
}
