using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A Delta table. Of a quarantine table only what <see cref="QuarantineVisibility"/> lets through is there.</summary>
internal sealed class DeltaTable(TableContext table, QuarantineVisibility? visibility) : ITable
{
    private const int HistoryPage = 32;
    private const int ParallelCounts = 8;

    public DatasetId Id => table.Id;

    /// <summary>The newest version whose rows may be seen: the newest of all, but for quarantine tables with pending commits.</summary>
    /// <returns>The version, or null when none may be seen.</returns>
    internal async ValueTask<long?> GetPublishedVersionAsync(CancellationToken cancellationToken) =>
        (await VisibleAsync(cancellationToken).ConfigureAwait(false))?.Version;

    /// <summary>The record of the last commit of a pipeline that may be seen, or null.</summary>
    internal async ValueTask<CommitRecord?> GetRecordAsync(string pipeline, CancellationToken cancellationToken) =>
        PipelineRecords.Of(await VisibleAsync(cancellationToken).ConfigureAwait(false), pipeline)?.Record;

    public async ValueTask<TableSnapshot> GetSnapshotAsync(long? version = null, CancellationToken cancellationToken = default)
    {
        var state = await StateAsync(version, cancellationToken).ConfigureAwait(false);
        var totals = state.Files.Totals;
        return new TableSnapshot
        {
            Id = table.Id,
            Version = state.Version,
            Schema = state.Schema,
            PartitionColumns = state.Metadata.PartitionColumns,
            RowCount = totals.Uncounted == 0 ? totals.Rows : null,
            FileCount = totals.Files,
            Bytes = totals.Bytes,
            Records = PipelineRecords.All(state).ToDictionary(r => r.Record.Pipeline, r => r.Record, StringComparer.Ordinal),
        };
    }

    public async ValueTask<long> CountRowsAsync(long? version = null, CancellationToken cancellationToken = default)
    {
        var state = await StateAsync(version, cancellationToken).ConfigureAwait(false);
        var rows = state.Files.Totals.Rows;
        if (state.Files.Totals.Uncounted == 0)
            return rows;
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelCounts, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(state.Files.Where(f => f.StoredRows is null), options, async (file, token) =>
            Interlocked.Add(ref rows, await DataFileReader.CountAsync(table, file, state.Version, token).ConfigureAwait(false))).ConfigureAwait(false);
        return rows;
    }

    public async ValueTask<DateTimeOffset> GetCommitTimeAsync(long version, CancellationToken cancellationToken = default)
    {
        var newest = await StateAsync(null, cancellationToken).ConfigureAwait(false);
        if (version < 0 || version > newest.Version)
            throw new DataEngineXException($"Table {table.Folder} has no version {version}; the newest is {newest.Version}.");
        var times = await CommitTimes.ReadAsync(table, newest, cancellationToken).ConfigureAwait(false);
        return await times.OfAsync(version, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TableDescription> DescribeAsync(long? version = null, CancellationToken cancellationToken = default)
    {
        var state = await StateAsync(version, cancellationToken).ConfigureAwait(false);
        return new TableDescription { Id = table.Id, Version = state.Version, Schema = state.Schema, PartitionColumns = state.Metadata.PartitionColumns };
    }

    public async ValueTask<string?> IdentifyAsync(long version, CancellationToken cancellationToken = default)
    {
        var newest = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false);
        return newest is null || newest.Version < version ? "" : await table.Log.Reader.ReadMarkAsync(version, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<RecordBatch> ScanAsync(TableScan scan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scan.BatchRows, nameof(scan));
        return ReadAsync(scan, cancellationToken);
    }

    public BatchStream Scan(TableScan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scan.BatchRows, nameof(scan));
        return BatchStream.Defer(stop => ValueTask.FromResult(BatchStream.Of(PartsAsync(scan, stop))));
    }

    public async ValueTask<FileSelection?> SelectFilesAsync(TableScan scan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var (state, files) = await FilesAsync(scan, cancellationToken).ConfigureAwait(false);
        var (all, read, isExact) = (0, 0, true);
        long? rows = 0;
        long bytes = 0;
        foreach (var file in files)
        {
            all++;
            if (scan.Predicate is { } predicate && !FilePruning.MayMatch(file, state.Columns, predicate))
                continue;
            read++;
            rows += file.StoredRows - (file.DeletionVector?.Cardinality ?? 0);
            bytes += file.Size;
            isExact &= scan.Predicate is null || FilePruning.MustMatch(file, state.Columns, scan.Predicate);
        }

        return new FileSelection(all, read, rows) { Bytes = bytes, IsExact = isExact && rows is not null };
    }

    public async ValueTask<IReadOnlyCollection<string>> FindDictionariesAsync(TableScan scan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var (state, files) = await FilesAsync(scan, cancellationToken).ConfigureAwait(false);
        var columns = Project(state.Columns, scan.Columns);
        return await table.Dictionaries.FindAsync(table, state, columns, files, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<TableFile> GetFilesAsync(long? version = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var state = await StateAsync(version, cancellationToken).ConfigureAwait(false);
        var partitions = state.Columns.Fields.Where(state.Columns.IsPartition).ToList();
        foreach (var file in state.Files)
        {
            var deleted = file.DeletionVector?.Cardinality ?? 0;
            yield return new TableFile(
                file.Path,
                file.Size,
                file.StoredRows - deleted,
                deleted,
                partitions.ToDictionary(p => p.Name, p => file.PartitionValues.GetValueOrDefault(p.PhysicalName) is { Length: > 0 } value ? value : null, StringComparer.Ordinal),
                TimeTexts.OfLog(file.Add.ModificationTime));
        }
    }

    public async ValueTask<long> FindVersionAsync(DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        var newest = await StateAsync(null, cancellationToken).ConfigureAwait(false);
        var times = await CommitTimes.ReadAsync(table, newest, cancellationToken).ConfigureAwait(false);
        return await times.FindAsync(asOf, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<RecordBatch> ReadChangesAsync(TableChanges changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(changes.BatchRows, nameof(changes));
        ArgumentOutOfRangeException.ThrowIfNegative(changes.From, nameof(changes));
        return ChangesAsync(changes, cancellationToken);
    }

    public async IAsyncEnumerable<TableCommit> GetHistoryAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var newest = await StateAsync(null, cancellationToken).ConfigureAwait(false);
        var times = await CommitTimes.ReadAsync(table, newest, cancellationToken).ConfigureAwait(false);
        for (var last = newest.Version; last >= 0; last -= HistoryPage)
        {
            var page = new List<LogEntry>();
            for (var version = last; version > Math.Max(-1, last - HistoryPage); version--)
            {
                if (await table.Log.Reader.TryReadEntryAsync(version, cancellationToken).ConfigureAwait(false) is not { } entry)
                    break;
                page.Add(entry);
            }

            foreach (var entry in page)
                yield return Describe(entry, await times.OfAsync(entry, cancellationToken).ConfigureAwait(false));
            if (page.Count < HistoryPage)
                yield break; // Older entries were cleaned away.
        }
    }

    public ValueTask<CommitResult> ApplyAsync(TableOperation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new TableOperationRunner(table).ApplyAsync(operation, cancellationToken);
    }

    public async ValueTask<TableCommit> RestoreAsync(long version, CancellationToken cancellationToken = default)
    {
        var wanted = await StateAsync(version, cancellationToken).ConfigureAwait(false);
        var made = await new TableRestore(table, wanted).RunAsync(cancellationToken).ConfigureAwait(false);
        return await DescribeAsync(made, CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask<VacuumReport> VacuumAsync(TableVacuum vacuum, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vacuum);
        return await new TableVacuuming(table, VisibleAsync).RunAsync(vacuum, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TableCommit> DescribeAsync(long version, CancellationToken cancellationToken)
    {
        var entry = (await table.Log.Reader.ReadEntriesAsync(version, version, cancellationToken).ConfigureAwait(false))[0];
        var state = await table.Log.GetAsync(version, cancellationToken).ConfigureAwait(false);
        var times = await CommitTimes.ReadAsync(table, state, cancellationToken).ConfigureAwait(false);
        return Describe(entry, await times.OfAsync(entry, cancellationToken).ConfigureAwait(false));
    }

    private static TableCommit Describe(LogEntry entry, DateTimeOffset time)
    {
        var info = entry.Info;
        return new TableCommit(
            entry.Version,
            time,
            info?.Operation ?? "unknown",
            info?.RunId,
            RowsOf(entry.Actions.Where(a => a.Add is not null).Select(a => a.Add!.Stats)),
            RowsOf(entry.Actions.Where(a => a.Remove is not null).Select(a => a.Remove!.Stats)));
    }

    /// <summary>Statistics are left out by some writers, of removed files by most.</summary>
    private static long? RowsOf(IEnumerable<string?> stats)
    {
        long sum = 0;
        foreach (var of in stats)
        {
            if (FileStats.Of(of).RowCount is not { } rows)
                return null;
            sum += rows;
        }

        return sum;
    }

    private async IAsyncEnumerable<RecordBatch> ReadAsync(TableScan scan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in PartsAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    private async IAsyncEnumerable<RecordBatch> ChangesAsync(TableChanges changes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = await StateAsync(changes.To, cancellationToken).ConfigureAwait(false);
        if (changes.From > last.Version)
            throw new DataEngineXException($"Table {table.Folder} has no changes from version {changes.From} to {last.Version}{(changes.To is null ? ", which is the newest" : ": the first lies behind the last")}.");
        var reader = new ChangeReader(table, last, Project(last.Columns, changes.Columns), changes);
        await foreach (var batch in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    private async IAsyncEnumerable<BatchPart> PartsAsync(TableScan scan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (state, files) = await FilesAsync(scan, cancellationToken).ConfigureAwait(false);
        var columns = TextDictionaryColumns.Keep(Project(state.Columns, scan.Columns), scan.Dictionaries);
        foreach (var file in files)
        {
            if (scan.Predicate is { } predicate && !FilePruning.MayMatch(file, state.Columns, predicate))
            {
                scan.Rows?.Add(RowFlow.Pruned, file.StoredRows ?? 0);
                continue;
            }

            var parts = DataFileReader.PartsAsync(table, file, state.Columns, columns, scan with { Version = state.Version }, cancellationToken);
            await foreach (var part in parts.ConfigureAwait(false))
                yield return part;
        }
    }

    /// <summary>The files of a scan, in order, before its condition is held against them.</summary>
    private async ValueTask<(LogState State, IEnumerable<DataFile> Files)> FilesAsync(TableScan scan, CancellationToken cancellationToken)
    {
        var state = await StateAsync(scan.Version, cancellationToken).ConfigureAwait(false);
        return (state, scan.Since is { } since
            ? await AddedFiles.BetweenAsync(table, since, state.Version, scan.AppendsOnly, cancellationToken).ConfigureAwait(false)
            : state.Files);
    }

    private TableSchema Project(TableSchema all, IReadOnlyList<string>? columns)
    {
        if (columns is null)
            return all;
        return all.With([.. columns.Select(name => all.Find(name)
            ?? throw new DataEngineXException($"Table {table.Folder} has no column '{name}'; it has {string.Join(", ", all.Fields.Select(f => f.Name))}."))]);
    }

    private async ValueTask<LogState> StateAsync(long? version, CancellationToken cancellationToken)
    {
        if (version is { } asked && visibility is null)
            return await table.Log.GetAsync(asked, cancellationToken).ConfigureAwait(false);
        var visible = await VisibleAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"Table {table.Folder} has no version yet.");
        if (version is null || version == visible.Version)
            return visible;
        if (version > visible.Version)
            throw new DataEngineXException($"Table {table.Folder} has no version {version}; the newest is {visible.Version}.");
        return await table.Log.GetAsync(version.Value, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<LogState?> VisibleAsync(CancellationToken cancellationToken)
    {
        var newest = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false);
        return newest is null || visibility is null ? newest : await visibility.NewestAsync(newest, cancellationToken).ConfigureAwait(false);
    }
}
