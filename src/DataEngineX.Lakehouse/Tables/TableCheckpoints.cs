using System.Diagnostics;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Takes a checkpoint of a table every so many commits, and cleans its log then.</summary>
internal static class TableCheckpoints
{
    /// <summary>
    /// Does what is due after a commit. The commit is made whatever becomes of it: a checkpoint that cannot be written only leaves readers with more
    /// to read, and is told to the activity at hand.
    /// </summary>
    internal static async ValueTask AfterAsync(TableContext table, long version, CancellationToken cancellationToken)
    {
        try
        {
            var state = await table.Log.GetAsync(version, cancellationToken).ConfigureAwait(false);
            if (version > 0 && version % new DeltaSettings(state.Metadata).CheckpointInterval == 0)
                await TakeAsync(table, state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Activity.Current?.AddException(e, new TagList { { "dataenginex.dataset", table.Id.ToString() } });
        }
    }

    /// <summary>Takes the checkpoint of a version.</summary>
    internal static async Task TakeAsync(TableContext table, LogState state, CancellationToken cancellationToken)
    {
        var settings = new DeltaSettings(state.Metadata);
        var now = table.Clock.GetUtcNow();
        var tombstones = await table.Log.Reader.ReadTombstonesAsync(state.Version, now - settings.DeletedFileRetention, cancellationToken).ConfigureAwait(false);
        await new CheckpointWriter(table.Store, table.Folder, table.Failpoints).WriteAsync(state, tombstones, now, cancellationToken).ConfigureAwait(false);
        await table.Failpoints.HitAsync(FailpointNames.CheckpointTold, cancellationToken).ConfigureAwait(false);
        if (settings.CleansLog)
            await new LogCleaner(table.Store, table.Folder, table.Failpoints).CleanAsync(now - settings.LogRetention, Needed(table, state), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Of a quarantine the version is shown that lies before the last commit of a pipeline, while its target has not followed: so far back the log is kept.
    /// </summary>
    private static long? Needed(TableContext table, LogState state) => table.Id.Layer == Layer.Quarantine
        ? PipelineRecords.All(state).Select(r => (long?)(r.Version - 1)).Min()
        : null;
}
