namespace DataEngineX.Lakehouse.Text;

/// <summary>A stream after whose end more bytes follow; it stays open. It remembers the last bytes of the stream itself.</summary>
internal sealed class SuffixedStream(Stream stream, ReadOnlyMemory<byte> suffix) : ForwardStream
{
    private ReadOnlyMemory<byte> _suffix = suffix;

    /// <summary>The last four bytes of the stream, the last one lowest.</summary>
    internal uint LastBytes { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var read = stream.Read(buffer);
        return Remember(buffer, read);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Remember(buffer.Span, read);
    }

    private int Remember(Span<byte> buffer, int read)
    {
        foreach (var value in buffer[Math.Max(0, read - 4)..read])
            LastBytes = (LastBytes << 8) | value;
        if (read > 0 || buffer.IsEmpty)
            return read;
        var count = Math.Min(buffer.Length, _suffix.Length);
        _suffix.Span[..count].CopyTo(buffer);
        _suffix = _suffix[count..];
        return count;
    }
}
