using System.Text;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Writes Thrift's compact protocol. Fields are written in the order of their ids.</summary>
internal sealed class ThriftWriter(ByteSink sink)
{
    private readonly Stack<int> _outer = new();
    private int _last;

    /// <summary>Starts a struct that is a field.</summary>
    internal void StartStruct(int id)
    {
        Field(id, ThriftType.Struct);
        StartElement();
    }

    /// <summary>Starts a struct that is an element of a list, or the whole.</summary>
    internal void StartElement()
    {
        _outer.Push(_last);
        _last = 0;
    }

    internal void EndStruct()
    {
        sink.WriteByte(0);
        _last = _outer.Pop();
    }

    internal void StartList(int id, ThriftType element, int count)
    {
        Field(id, ThriftType.List);
        if (count < 15)
        {
            sink.WriteByte((byte)((count << 4) | (int)element));
        }
        else
        {
            sink.WriteByte((byte)(0xF0 | (int)element));
            sink.WriteUnsigned((ulong)count);
        }
    }

    internal void Int(int id, int value)
    {
        Field(id, ThriftType.Int);
        Element(value);
    }

    internal void Long(int id, long value)
    {
        Field(id, ThriftType.Long);
        Element(value);
    }

    internal void Byte(int id, byte value)
    {
        Field(id, ThriftType.Byte);
        sink.WriteByte(value);
    }

    internal void Bool(int id, bool value) => Field(id, value ? ThriftType.True : ThriftType.False);

    internal void Text(int id, string value) => Binary(id, Encoding.UTF8.GetBytes(value));

    internal void Binary(int id, ReadOnlySpan<byte> value)
    {
        Field(id, ThriftType.Binary);
        Element(value);
    }

    internal void Element(long value) => sink.WriteUnsigned((ulong)((value << 1) ^ (value >> 63)));

    internal void Element(ReadOnlySpan<byte> value)
    {
        sink.WriteUnsigned((ulong)value.Length);
        sink.Write(value);
    }

    internal void Element(bool value) => sink.WriteByte(value ? (byte)1 : (byte)2);

    private void Field(int id, ThriftType type)
    {
        var delta = id - _last;
        if (delta is > 0 and <= 15)
        {
            sink.WriteByte((byte)((delta << 4) | (int)type));
        }
        else
        {
            sink.WriteByte((byte)type);
            Element((long)id);
        }

        _last = id;
    }
}
