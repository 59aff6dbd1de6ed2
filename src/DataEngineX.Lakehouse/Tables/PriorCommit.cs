using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>What the last commit of the same pipeline means for one that is about to be made.</summary>
/// <param name="Done">The version in which this very commit was made already, or null.</param>
/// <param name="TakenBack">The record of a pending commit whose files must go, and its version; null for none.</param>
internal sealed record PriorCommit(long? Done, (CommitRecord Record, long Version)? TakenBack)
{
    private static readonly PriorCommit Nothing = new(null, null);

    /// <summary>Looks at the newest version.</summary>
    /// <exception cref="FencedException">A newer run has committed.</exception>
    /// <exception cref="CommitConflictException">The pipeline has committed since this run was planned.</exception>
    internal static PriorCommit Of(DatasetId table, LogState? state, CommitRecord? record, long? published)
    {
        if (record is null || PipelineRecords.Of(state, record.Pipeline) is not var (last, version))
            return Nothing;
        var pending = last.Sequence > published;
        if (record.IsSameCommit(last) || (pending && string.Equals(last.RunKey, record.RunKey, StringComparison.Ordinal)))
            return new PriorCommit(version, null);

        if (!pending)
        {
            record.DemandAfter(table, last, version);
            return Nothing;
        }

        record.DemandToken(table, last);
        return new PriorCommit(null, (last, version));
    }
}
