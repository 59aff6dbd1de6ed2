namespace DataEngineX.AspNetCore;

/// <summary>
/// Finds verdicts and lineage: the full form in the metadata store, else what the newest commit carries, for a host whose store is newer than its lakehouse
/// or that was ended between the two.
/// </summary>
internal static class EvidenceReader
{
    public static async ValueTask<DatasetEvidence?> FindAsync(
        FaceServices face, DatasetId dataset, TableSnapshot? snapshot, CancellationToken cancellationToken)
    {
        if (await face.Metadata.GetEvidenceAsync(dataset, cancellationToken).ConfigureAwait(false) is { } evidence)
            return evidence;
        var record = snapshot?.Records.Values.MaxBy(r => r.Timestamp);
        return record is null
            ? null
            : new DatasetEvidence(
                dataset,
                snapshot!.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                record.RunId,
                record.Timestamp,
                record.Verdicts,
                record.Lineage);
    }
}
