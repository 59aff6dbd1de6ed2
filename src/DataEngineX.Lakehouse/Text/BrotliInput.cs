using System.Buffers;
using System.IO.Compression;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Decompresses brotli and tells data that was cut off, which the platform's stream reads as data that ends. The stream below stays open.</summary>
internal sealed class BrotliInput(Stream stream) : ForwardStream
{
    private readonly byte[] _packed = new byte[1 << 16];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _done;

    public override int Read(Span<byte> buffer)
    {
        int count;
        while (!TryDecode(buffer, out count))
            Took(stream.Read(_packed));
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        while (!TryDecode(buffer.Span, out count))
            Took(await stream.ReadAsync(_packed, cancellationToken).ConfigureAwait(false));
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Decodes what is there; false when more is needed first.</summary>
    private bool TryDecode(Span<byte> buffer, out int count)
    {
        count = 0;
        if (_done || buffer.IsEmpty)
            return true;
        var status = _decoder.Decompress(_packed.AsSpan(_start, _end - _start), buffer, out var used, out count);
        _start += used;
        if (status == OperationStatus.InvalidData)
            throw new InvalidDataException("the data is damaged");
        _done = status == OperationStatus.Done;
        return _done || count > 0;
    }

    private void Took(int count)
    {
        if (count == 0)
            throw new InvalidDataException("the data ends too early");
        _start = 0;
        _end = count;
    }
}
