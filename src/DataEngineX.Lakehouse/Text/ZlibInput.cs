using System.IO.Compression;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Decompresses zlib and tells data that was cut off, which the platform's stream reads as data that ends: its last bytes are not the checksum.</summary>
internal sealed class ZlibInput : ForwardStream
{
    private const uint Modulus = 65521;
    private readonly SuffixedStream _raw;
    private readonly ZLibStream _zlib;
    private uint _low = 1;
    private uint _high;

    internal ZlibInput(Stream stream)
    {
        _raw = new SuffixedStream(stream, default);
        _zlib = new ZLibStream(_raw, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer) => Took(buffer, _zlib.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _zlib.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Took(buffer.Span, count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _zlib.Dispose();
        base.Dispose(disposing);
    }

    private int Took(ReadOnlySpan<byte> buffer, int count)
    {
        if (count == 0 && !buffer.IsEmpty && _raw.LastBytes != ((_high << 16) | _low))
            throw new InvalidDataException("the data ends too early");

        // So many bytes can be added up before the sums must be reduced.
        for (var rest = buffer[..count]; !rest.IsEmpty;)
        {
            var some = rest[..Math.Min(rest.Length, 5552)];
            foreach (var value in some)
            {
                _low += value;
                _high += _low;
            }

            _low %= Modulus;
            _high %= Modulus;
            rest = rest[some.Length..];
        }

        return count;
    }
}
