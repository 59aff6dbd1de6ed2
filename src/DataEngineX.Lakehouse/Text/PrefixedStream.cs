namespace DataEngineX.Lakehouse.Text;

/// <summary>A stream whose first bytes were read already.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> first, Stream rest, bool leaveOpen) : ForwardStream
{
    private ReadOnlyMemory<byte> _first = first;

    public override int Read(Span<byte> buffer) => _first.IsEmpty ? rest.Read(buffer) : TakeFirst(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _first.IsEmpty ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(TakeFirst(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
            rest.Dispose();
        base.Dispose(disposing);
    }

    private int TakeFirst(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _first.Length);
        _first.Span[..count].CopyTo(buffer);
        _first = _first[count..];
        return count;
    }
}
