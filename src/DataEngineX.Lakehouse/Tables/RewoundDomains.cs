using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// The metadata domains as an earlier version had them. Cursor and run key of a pipeline go back, so that it does again what came after; counter and
/// fencing token go on, so that a run which was planned before cannot commit.
/// </summary>
internal sealed class RewoundDomains(TableContext table, LogState wanted, LogState newest)
{
    internal IEnumerable<DeltaAction> Actions(long time)
    {
        var pipelines = PipelineRecords.All(newest).ToDictionary(r => CommitRecord.DomainOf(r.Record.Pipeline), r => r.Record, StringComparer.Ordinal);
        foreach (var domain in newest.Domains.Keys.Union(wanted.Domains.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var actions = pipelines.TryGetValue(domain, out var record) && table.Id.Layer != Layer.Quarantine ? Rewound(record, time) : Of(domain);
            foreach (var action in actions)
                yield return action;
        }
    }

    private IEnumerable<DeltaAction> Rewound(CommitRecord now, long time)
    {
        var then = PipelineRecords.Of(wanted, now.Pipeline)?.Record;
        if (then is not null && string.Equals(then.RunKey, now.RunKey, StringComparison.Ordinal) && then.Cursor.Equals(now.Cursor))
            yield break;
        if (then is null && now.RunKey.Length == 0)
            yield break;
        var record = now with { RunKey = then?.RunKey ?? "", Cursor = then?.Cursor ?? Cursor.Empty, Sequence = now.Sequence + 1 };
        yield return new DeltaAction { Txn = new TxnAction { AppId = record.AppId, Version = record.Sequence, LastUpdated = time } };
        yield return Set(CommitRecord.DomainOf(record.Pipeline), PipelineRecords.Write(record, newest.Version + 1));
    }

    /// <summary>What is no pipeline's, and what a quarantine holds: its counters follow those of the targets, which go on by themselves.</summary>
    private IEnumerable<DeltaAction> Of(string domain)
    {
        // No number of a row is given twice, whatever happened to the row.
        if (domain == RowNumbering.Domain)
            return [];
        var (then, now) = (wanted.Domains.GetValueOrDefault(domain), newest.Domains.GetValueOrDefault(domain));
        if (string.Equals(then?.Configuration, now?.Configuration, StringComparison.Ordinal))
            return [];
        return
        [
            then is not null
                ? Set(domain, then.Configuration)
                : new DeltaAction { DomainMetadata = new DomainMetadataAction { Domain = domain, Configuration = now!.Configuration, Removed = true } },
        ];
    }

    private static DeltaAction Set(string domain, string configuration) =>
        new() { DomainMetadata = new DomainMetadataAction { Domain = domain, Configuration = configuration } };
}
