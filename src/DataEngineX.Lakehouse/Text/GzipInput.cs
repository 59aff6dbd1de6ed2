using System.IO.Compression;

namespace DataEngineX.Lakehouse.Text;

/// <summary>
/// Decompresses gzip and tells a file that was cut off, which the platform's stream reads as one that ends: a member of a few known bytes is put behind
/// the file, and only after a whole file do these come out again.
/// </summary>
internal sealed class GzipInput : ForwardStream
{
    private static readonly byte[] Mark = "\0DataEngineX end\0"u8.ToArray();
    private static readonly byte[] Member = Compress();
    private readonly GZipStream _gzip;
    private readonly byte[] _held = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _done;

    internal GzipInput(Stream stream) => _gzip = new GZipStream(new SuffixedStream(stream, Member), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        while (!_done && _end - _start <= Mark.Length)
        {
            MakeRoom();
            Took(_gzip.Read(_held.AsSpan(_end)));
        }

        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_done && _end - _start <= Mark.Length)
        {
            MakeRoom();
            Took(await _gzip.ReadAsync(_held.AsMemory(_end), cancellationToken).ConfigureAwait(false));
        }

        return Give(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress()
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
            gzip.Write(Mark);
        return to.ToArray();
    }

    private void MakeRoom()
    {
        _held.AsSpan(_start, _end - _start).CopyTo(_held);
        _end -= _start;
        _start = 0;
    }

    private void Took(int count)
    {
        _end += count;
        if (count > 0)
            return;
        if (!_held.AsSpan(_start, _end - _start).SequenceEqual(Mark))
            throw new InvalidDataException("the data ends too early");
        _done = true;
        _end = _start;
    }

    // The last bytes are held back until it is known that they are not the mark.
    private int Give(Span<byte> buffer)
    {
        var count = Math.Clamp(_end - _start - Mark.Length, 0, buffer.Length);
        _held.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }
}
