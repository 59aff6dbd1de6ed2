using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Reads parts of a file by position; several readers may do so at once.</summary>
internal abstract class ParquetInput : IAsyncDisposable
{
    private long _bytesRead;

    internal abstract long Length { get; }

    /// <summary>All bytes read so far.</summary>
    internal long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>A file is read by its handle, any other stream by seeking.</summary>
    internal static ParquetInput Of(Stream stream) => stream is FileStream file ? new FileInput(file) : new StreamInput(stream);

    internal async ValueTask ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        if (offset < 0 || into.Length > Length - offset)
            Corrupt.Throw($"{into.Length} bytes are missing at {offset}: the file is cut off or its footer is wrong");
        await FillAsync(offset, into, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _bytesRead, into.Length);
    }

    public abstract ValueTask DisposeAsync();

    protected abstract ValueTask FillAsync(long offset, Memory<byte> into, CancellationToken cancellationToken);
}
