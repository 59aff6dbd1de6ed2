namespace DataEngineX;

/// <summary>What a pipeline says of itself in each commit, in the same log entry as the data.</summary>
/// <remarks>
/// In a table, <see cref="AppId"/> and <see cref="Sequence"/> are the <c>txn</c> action; <see cref="Cursor"/>, <see cref="RunKey"/> and
/// <see cref="FencingToken"/> are the domain metadata <c>dataenginex.&lt;pipeline&gt;</c>; run id, verdicts and lineage are in <c>commitInfo</c>, capped in size.
/// </remarks>
public sealed record CommitRecord
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The dataset committed to.</summary>
    public required DatasetId Target { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The run key: hash of fingerprint, input versions and interval.</summary>
    public required string RunKey { get; init; }

    /// <summary>The fingerprint of the pipeline that made the rows, or null in records of earlier releases.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The pipeline's commit counter: one more than the last, taken when the run was planned.</summary>
    public required long Sequence { get; init; }

    /// <summary>The fencing token of the run's lease; an older one cannot commit.</summary>
    public required long FencingToken { get; init; }

    /// <summary>The input positions that are done once this is committed.</summary>
    public required Cursor Cursor { get; init; }

    /// <summary>When the run started, by the host's clock.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The verdicts of the run's gates.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Where the dataset comes from.</summary>
    public DatasetLineage? Lineage { get; init; }

    /// <summary>The id under which the commit counter is kept: pipeline and target.</summary>
    public string AppId => $"{Pipeline}/{Target}";

    /// <summary>Whether a record is that of this very commit, made by an earlier attempt or by another host.</summary>
    /// <param name="other">The record.</param>
    public bool IsSameCommit(CommitRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Sequence == Sequence && string.Equals(other.RunKey, RunKey, StringComparison.Ordinal);
    }

    /// <summary>Refuses the commit where it may not follow the last one of its pipeline: every target asks so, in the transaction that would make it.</summary>
    /// <param name="dataset">What is written.</param>
    /// <param name="last">The last commit of the pipeline there.</param>
    /// <param name="version">The version that it made.</param>
    /// <exception cref="FencedException">A newer run has committed.</exception>
    /// <exception cref="CommitConflictException">The pipeline has committed since this run was planned.</exception>
    public void DemandAfter(DatasetId dataset, CommitRecord last, long version)
    {
        DemandToken(dataset, last);
        if (last.Sequence >= Sequence)
        {
            throw new CommitConflictException(
                dataset,
                $"run {RunId} of pipeline '{Pipeline}' was planned as commit {Sequence}, but run {last.RunId} has made commit {last.Sequence} of that pipeline meanwhile (version {version}).");
        }
    }

    /// <summary>Refuses the commit where a newer run has committed.</summary>
    /// <param name="dataset">What is written.</param>
    /// <param name="last">The last commit of the pipeline there.</param>
    /// <exception cref="FencedException">It has a newer token.</exception>
    public void DemandToken(DatasetId dataset, CommitRecord last)
    {
        ArgumentNullException.ThrowIfNull(last);
        if (last.FencingToken > FencingToken)
            throw new FencedException($"{dataset}, written by pipeline '{Pipeline}' in run {RunId}", FencingToken, last.FencingToken);
    }

    /// <summary>The name of the domain metadata of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static string DomainOf(string pipeline) => $"dataenginex.{pipeline}";
}
