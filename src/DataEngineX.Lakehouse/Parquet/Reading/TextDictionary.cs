using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The texts that the indices of a chunk stand for.</summary>
internal sealed class TextDictionary : IDisposable
{
    private readonly PooledBytes _offsets = new();
    private readonly PooledBytes _bytes = new();

    internal int Count { get; private set; }

    /// <summary>The length of the longest.</summary>
    internal int Longest { get; private set; }

    internal int ByteCount => Count == 0 ? 0 : Offsets[Count];

    internal ReadOnlySpan<int> Offsets => MemoryMarshal.Cast<byte, int>(_offsets.Array.AsSpan())[..(Count + 1)];

    /// <summary>The texts; <see cref="PooledBytes.Slack"/> more bytes are readable behind them.</summary>
    internal byte[] Bytes => _bytes.Array;

    /// <summary>Takes texts, each behind its length, or of one length when that is given.</summary>
    internal void Load(PageSection values, int count, int fixedWidth)
    {
        // Each text takes a byte or its four bytes of length at least.
        if (count < 0 || (fixedWidth >= 0 ? (long)count * fixedWidth > values.Length : count > values.Length / sizeof(int)))
            Corrupt.Throw($"a dictionary of {count} texts in {values.Length} bytes");
        var offsets = MemoryMarshal.Cast<byte, int>(_offsets.Take((count + 1) * sizeof(int)).AsSpan());
        var bytes = _bytes.Take(values.Length);
        var source = values.Span;
        int at = 0, from = 0;
        offsets[0] = 0;
        Longest = 0;
        for (var i = 0; i < count; i++)
        {
            var length = fixedWidth;
            if (length < 0)
            {
                if (source.Length - from < sizeof(int))
                    Corrupt.Throw("a dictionary ends too early");
                length = BinaryPrimitives.ReadInt32LittleEndian(source[from..]);
                from += sizeof(int);
            }

            if (length < 0 || length > source.Length - from)
                Corrupt.Throw("a text of a dictionary is longer than its page");
            source.Slice(from, length).CopyTo(bytes.AsSpan(at));
            from += length;
            at += length;
            offsets[i + 1] = at;
            Longest = Math.Max(Longest, length);
        }

        Count = count;
    }

    public void Dispose()
    {
        _offsets.Dispose();
        _bytes.Dispose();
    }
}
