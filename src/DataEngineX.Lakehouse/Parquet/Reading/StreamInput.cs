namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A seekable stream, one read at a time.</summary>
internal sealed class StreamInput(Stream stream) : ParquetInput
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    internal override long Length { get; } = stream.Length;

    public override ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return stream.DisposeAsync();
    }

    protected override async ValueTask FillAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = offset;
            await stream.ReadExactlyAsync(into, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
