using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Writes a utf8 column row by row where the sizes are not known ahead.</summary>
internal ref struct BytesWriter : IDisposable
{
    private readonly OutputBuffer<int> _offsets;
    private readonly OutputBuffer<byte> _bytes;
    private readonly Span<int> _ends;
    private Span<byte> _room;
    private int _at;
    private int _row;

    public BytesWriter(int rows, int expectedBytes, MemoryAllocator allocator)
    {
        _offsets = new OutputBuffer<int>(allocator, rows + 1);
        _bytes = new OutputBuffer<byte>(allocator, expectedBytes);
        _ends = _offsets.Span;
        _ends[0] = 0;
        _room = _bytes.Span;
    }

    /// <summary>At least so many bytes to write to before <see cref="Advance"/>.</summary>
    public Span<byte> Ask(int count)
    {
        if (_room.Length - _at < count)
        {
            _bytes.Resize(checked((int)Math.Min(Math.Max((long)_at + count, 2L * _room.Length), Math.Max((long)_at + count, int.MaxValue - 64))));
            _room = _bytes.Span;
        }

        return _room[_at..];
    }

    public void Advance(int count) => _at += count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Ask(bytes.Length));
        _at += bytes.Length;
    }

    public void WriteChars(ReadOnlySpan<char> text) =>
        Advance(Encoding.UTF8.GetBytes(text, Ask(Encoding.UTF8.GetMaxByteCount(text.Length))));

    public void EndRow() => _ends[++_row] = _at;

    public readonly IArrowArray Build(IArrowType type, OutputBuffer<ulong>? validity)
    {
        _bytes.Resize(_at);
        return Assemble.Variable(type, _row, validity, _offsets, _bytes);
    }

    public readonly void Dispose()
    {
        _offsets.Dispose();
        _bytes.Dispose();
    }
}
