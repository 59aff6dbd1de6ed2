using System.Runtime.CompilerServices;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Bytes that are collected in pooled memory, with room behind them so that whole words can be written past their end.</summary>
internal sealed class ByteSink : IDisposable
{
    private readonly PooledBytes _bytes = new();

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.Array.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> Memory => _bytes.Array.AsMemory(0, Length);

    internal void Clear() => Length = 0;

    /// <summary>Makes room behind what is written; <see cref="Advance"/> tells how much of it was used.</summary>
    internal Span<byte> Room(int count) => _bytes.Grow(Length, checked(Length + count)).AsSpan(Length);

    internal void Advance(int count) => Length += count;

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    internal void WriteByte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    internal void WriteInt(int value)
    {
        Unsafe.WriteUnaligned(ref Room(sizeof(int))[0], value);
        Length += sizeof(int);
    }

    /// <summary>Writes over what is there.</summary>
    internal void SetInt(int at, int value) => Unsafe.WriteUnaligned(ref _bytes.Array[at], value);

    internal void WriteUnsigned(ulong value)
    {
        var room = Room(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7)
            room[at++] = (byte)(value | 0x80);
        room[at++] = (byte)value;
        Length += at;
    }

    public void Dispose() => _bytes.Dispose();
}
