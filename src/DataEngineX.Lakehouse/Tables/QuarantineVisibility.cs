using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// Hides what a quarantine table holds too early. Quarantine is committed before the target, under the same counter and run key; until the
/// target has that commit, the quarantine's is pending. A target that is no table (a model, files) cannot be asked, and hides nothing.
/// </summary>
internal sealed class QuarantineVisibility(TableLog log, Func<DatasetId, CancellationToken, ValueTask<LogState?>> targetOf)
{
    /// <summary>The newest version without a pending commit, or null when there is none.</summary>
    internal async ValueTask<LogState?> NewestAsync(LogState newest, CancellationToken cancellationToken)
    {
        var state = newest;
        while (true)
        {
            long? firstPending = null;
            foreach (var (record, version) in PipelineRecords.All(state))
            {
                if (await IsPendingAsync(record, cancellationToken).ConfigureAwait(false))
                    firstPending = Math.Min(firstPending ?? version, version);
            }

            if (firstPending is null)
                return state;
            if (firstPending == 0)
                return null;
            state = await log.GetAsync(firstPending.Value - 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> IsPendingAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        if (record.Target.Layer is null or Layer.Quarantine)
            return false;
        var target = await targetOf(record.Target, cancellationToken).ConfigureAwait(false);
        if (PipelineRecords.Of(target, record.Pipeline) is not var (published, _))
            return true;

        // The same counter under another run key means: that run gave up, and the next one needed no quarantine to take its rows back.
        return record.Sequence > published.Sequence
            || (record.Sequence == published.Sequence && !string.Equals(record.RunKey, published.RunKey, StringComparison.Ordinal));
    }
}
