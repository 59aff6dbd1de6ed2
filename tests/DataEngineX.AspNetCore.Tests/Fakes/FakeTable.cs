using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.AspNetCore.Tests;

internal sealed class FakeTable(DatasetId id, RecordBatch[] commits) : ITable
{
    public DatasetId Id { get; } = id;

    public Exception? Failure { get; set; }

    public Dictionary<string, CommitRecord> Records { get; } = [];

    public List<TableScan> Scans { get; } = [];

    public ValueTask<TableSnapshot> GetSnapshotAsync(long? version = null, CancellationToken cancellationToken = default) => Failure is { } failure
        ? throw failure
        : ValueTask.FromResult(new TableSnapshot
        {
            Id = Id,
            Version = commits.Length - 1,
            Schema = commits[0].Schema,
            RowCount = commits.Sum(c => (long)c.Length),
            FileCount = commits.Length,
            Bytes = 1000,
            Records = Records,
        });

    public async IAsyncEnumerable<RecordBatch> ScanAsync(TableScan scan, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        lock (Scans)
            Scans.Add(scan);
        foreach (var commit in commits.Skip((int)((scan.Since ?? -1) + 1)))
        {
            var columns = (scan.Columns ?? [.. commit.Schema.FieldsList.Select(f => f.Name)]).ToList();
            yield return new RecordBatch(
                new Schema(columns.Select(commit.Schema.GetFieldByName), null),
                columns.Select(c => ArrowArrayFactory.BuildArray(commit.Column(c).Data.Retain())),
                commit.Length);
        }
    }

    public async IAsyncEnumerable<TableCommit> GetHistoryAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        for (var version = commits.Length - 1; version >= 0; version--)
            yield return new TableCommit(version, FakeTables.Committed, "append", null, commits[version].Length, 0);
    }
}
