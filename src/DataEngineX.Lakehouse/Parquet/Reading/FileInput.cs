using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A file of the local disk.</summary>
internal sealed class FileInput(FileStream file) : ParquetInput
{
    internal override long Length { get; } = file.Length;

    public override ValueTask DisposeAsync() => file.DisposeAsync();

    // Asynchronous reads of local files would only move the same call to another thread of the pool.
    protected override ValueTask FillAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        for (var at = 0; at < into.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file.SafeFileHandle, into.Span[at..], offset + at);
            if (read == 0)
                Corrupt.Throw("the file became shorter while it was read");
            at += read;
        }

        return ValueTask.CompletedTask;
    }
}
