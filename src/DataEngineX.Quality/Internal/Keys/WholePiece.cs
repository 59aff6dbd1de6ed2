using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Ordered whole numbers that came one after the other, with their rows: a run by its ends, else value by value above the least.</summary>
internal readonly ref struct WholePiece
{
    /// <summary>The most values of a piece that is no run.</summary>
    public const int Most = 2048;

    private const int HeaderLength = 32;

    private readonly Header _header;
    private readonly ReadOnlySpan<byte> _values;
    private readonly ReadOnlySpan<byte> _rows;

    /// <summary>Reads the first piece of some.</summary>
    public WholePiece(ReadOnlySpan<byte> bytes)
    {
        _header = MemoryMarshal.Read<Header>(bytes);
        _values = bytes.Slice(HeaderLength, _header.Width * _header.Count);
        _rows = _header.HasRows == 0 ? [] : bytes.Slice(HeaderLength + _values.Length, sizeof(int) * _header.Count);
    }

    public ulong Least => _header.Least;

    public ulong Greatest => _header.Greatest;

    public int Count => _header.Count;

    public bool IsRun => _header.Width == 0;

    /// <summary>The bytes it takes.</summary>
    public int Length => HeaderLength + _values.Length + _rows.Length;

    /// <summary>The row of a value.</summary>
    public long RowOf(int index) =>
        _header.FirstRow + (_rows.IsEmpty ? index : MemoryMarshal.Read<int>(_rows[(index * sizeof(int))..]));

    /// <summary>Some of the values.</summary>
    public void Decode(int start, Span<ulong> target)
    {
        switch (_header.Width)
        {
            case 0:
                for (var i = 0; i < target.Length; i++)
                    target[i] = Least + (ulong)(start + i);
                break;
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(_values).Slice(start, target.Length);
                for (var i = 0; i < shorts.Length; i++)
                    target[i] = Least + shorts[i];
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(_values).Slice(start, target.Length);
                for (var i = 0; i < ints.Length; i++)
                    target[i] = Least + ints[i];
                break;
            default:
                var longs = MemoryMarshal.Cast<byte, ulong>(_values).Slice(start, target.Length);
                for (var i = 0; i < longs.Length; i++)
                    target[i] = Least + longs[i];
                break;
        }
    }

    /// <summary>Appends a run.</summary>
    public static void Write(Spool spool, ulong least, int count, long firstRow)
    {
        var header = new Header(firstRow, least, least + (ulong)(count - 1), count, 0, 0);
        MemoryMarshal.Write(spool.Room(HeaderLength), in header);
        spool.Commit(HeaderLength);
    }

    /// <summary>Appends values.</summary>
    /// <param name="spool">Takes them.</param>
    /// <param name="values">The values, at most <see cref="Most"/> and at least one.</param>
    /// <param name="firstRow">What their rows are counted from.</param>
    /// <param name="rows">The row of each; nothing where they follow each other.</param>
    public static void Write(Spool spool, ReadOnlySpan<ulong> values, long firstRow, ReadOnlySpan<int> rows)
    {
        var (least, greatest) = (values[0], values[0]);
        foreach (var value in values)
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        var width = (greatest - least) switch { <= ushort.MaxValue => 2, <= uint.MaxValue => 4, _ => 8 };
        var header = new Header(firstRow, least, greatest, values.Length, (short)width, (short)(rows.IsEmpty ? 0 : 1));
        var length = HeaderLength + (width * values.Length) + (sizeof(int) * rows.Length);
        var room = spool.Room(length);
        MemoryMarshal.Write(room, in header);
        Encode(values, least, width, room[HeaderLength..]);
        MemoryMarshal.AsBytes(rows).CopyTo(room[(HeaderLength + (width * values.Length))..]);
        spool.Commit(length);
    }

    private static void Encode(ReadOnlySpan<ulong> values, ulong least, int width, Span<byte> target)
    {
        switch (width)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(target);
                for (var i = 0; i < values.Length; i++)
                    shorts[i] = (ushort)(values[i] - least);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(target);
                for (var i = 0; i < values.Length; i++)
                    ints[i] = (uint)(values[i] - least);
                break;
            default:
                var longs = MemoryMarshal.Cast<byte, ulong>(target);
                for (var i = 0; i < values.Length; i++)
                    longs[i] = values[i] - least;
                break;
        }
    }

    private readonly record struct Header(long FirstRow, ulong Least, ulong Greatest, int Count, short Width, short HasRows);
}
