using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.AspNetCore;

/// <summary>What several sections show, read once for one page.</summary>
internal sealed class StatusData(FaceServices face)
{
    private IReadOnlyList<DatasetStatus>? _datasets;

    public FaceServices Face { get; } = face;

    public Task<HealthReport> HealthAsync(CancellationToken cancellationToken) => Face.Health.CheckHealthAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<DatasetStatus>> DatasetsAsync(CancellationToken cancellationToken)
    {
        if (_datasets is not null)
            return _datasets;
        var datasets = new List<DatasetStatus>();
        await foreach (var id in Face.Tables.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await Face.Tables.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } table)
                continue;
            var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            datasets.Add(new DatasetStatus(
                table,
                snapshot,
                await FreshnessDto.ReadAsync(Face, table, snapshot, cancellationToken).ConfigureAwait(false),
                await EvidenceReader.FindAsync(Face, id, snapshot, cancellationToken).ConfigureAwait(false)));
        }

        return _datasets = datasets;
    }
}
