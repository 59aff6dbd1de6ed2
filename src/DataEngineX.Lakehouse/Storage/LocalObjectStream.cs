namespace DataEngineX.Lakehouse.Storage;

/// <summary>The file of an object that is being written. What the file system refuses becomes an error that names the object.</summary>
internal sealed class LocalObjectStream(FileStream file, Func<Exception, Exception> name) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => file.CanWrite;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            throw name(e);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await file.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            throw name(e);
        }
    }

    public override void Flush()
    {
        try
        {
            file.Flush();
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            throw name(e);
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            throw name(e);
        }
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        try
        {
            return file.Seek(offset, origin);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            throw name(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Writes that are done reach the disk, and the file is closed.</summary>
    internal async ValueTask FinishAsync()
    {
        try
        {
            file.Flush(flushToDisk: true);
            await file.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            throw name(e);
        }
    }

    /// <summary>Closes the file of an object that is given up: what it had still to write is of no use.</summary>
    internal async ValueTask AbandonAsync()
    {
        try
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            // The rest of the buffer found no room; what failed before is the error.
        }
    }

    /// <summary>A file that would become larger than the file system or a limit allows is reported as an argument out of range.</summary>
    private static bool IsOfFileSystem(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
