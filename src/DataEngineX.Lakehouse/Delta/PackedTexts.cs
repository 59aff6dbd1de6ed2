using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Texts in UTF-8, packed in chunks of which the one asked for last stays unpacked: statistics of files are long and much alike.</summary>
internal sealed class PackedTexts
{
    private const int ChunkRows = 128;

    private readonly byte[][] _chunks;
    private volatile Chunk? _last;

    private PackedTexts(byte[][] chunks) => _chunks = chunks;

    internal ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var number = row / ChunkRows;
            var last = _last;
            if (last is null || last.Number != number)
                _last = last = new Chunk(number, LZ4Pickler.Unpickle(_chunks[number]));
            return last[row % ChunkRows];
        }
    }

    /// <summary>An unpacked chunk: where each of its texts ends, then the texts.</summary>
    private sealed class Chunk(int number, byte[] content)
    {
        internal int Number => number;

        internal ReadOnlySpan<byte> this[int index]
        {
            get
            {
                var start = index == 0 ? EndsBytes : EndOf(index - 1);
                return content.AsSpan(start, EndOf(index) - start);
            }
        }

        private int EndOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(index * sizeof(int)));
    }

    private const int EndsBytes = ChunkRows * sizeof(int);

    internal sealed class Builder
    {
        private readonly List<byte[]> _chunks = [];
        private byte[] _content = new byte[EndsBytes + 1024];
        private int _length = EndsBytes;
        private int _rows;

        internal void Add(ReadOnlySpan<byte> text)
        {
            if (_length + text.Length > _content.Length)
                Array.Resize(ref _content, Math.Max(_length + text.Length, 2 * _content.Length));
            text.CopyTo(_content.AsSpan(_length));
            _length += text.Length;
            BinaryPrimitives.WriteInt32LittleEndian(_content.AsSpan(_rows++ * sizeof(int)), _length);
            if (_rows == ChunkRows)
                Pack();
        }

        internal PackedTexts Build()
        {
            if (_rows > 0)
                Pack();
            return new PackedTexts([.. _chunks]);
        }

        private void Pack()
        {
            _chunks.Add(LZ4Pickler.Pickle(_content.AsSpan(0, _length)));
            _length = EndsBytes;
            _rows = 0;
        }
    }
}
