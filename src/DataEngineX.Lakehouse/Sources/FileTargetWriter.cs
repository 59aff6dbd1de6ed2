using System.Globalization;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Writes the batches of a run to a file and puts it into its place.</summary>
internal sealed class FileTargetWriter(
    DatasetId dataset, PendingFile file, IFileEncoder encoder, IFailpoints failpoints, Func<CancellationToken, ValueTask<CommitRecord?>> findRecord) : ITargetWriter
{
    private long _rows;

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            try
            {
                await encoder.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new DataEngineXException($"The file {dataset.Name} cannot be written: {e.Message}", e);
            }

            _rows += batch.Length;
        }
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        var version = record.Sequence.ToString(CultureInfo.InvariantCulture);
        if (await findRecord(cancellationToken).ConfigureAwait(false) is { } there)
        {
            if (there.RunKey == record.RunKey)
                return new CommitResult { Version = version, AlreadyDone = true };
            if (there.FencingToken > record.FencingToken)
                throw new FencedException(dataset.ToString(), record.FencingToken, there.FencingToken);
        }

        try
        {
            await encoder.FinishAsync(cancellationToken).ConfigureAwait(false);
            await failpoints.HitAsync(FailpointNames.FileWritten, cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataEngineXException($"The file {dataset.Name} cannot be written: {e.Message}", e);
        }

        return new CommitResult { Version = version, Inserted = _rows };
    }

    public async ValueTask DisposeAsync()
    {
        await encoder.DisposeAsync().ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
    }
}
