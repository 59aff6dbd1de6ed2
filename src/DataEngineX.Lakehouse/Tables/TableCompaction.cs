using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables.Edits;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Puts small files of a table together.</summary>
internal sealed class TableCompaction(TableContext table, LogState begun, CompactFiles compact)
{
    private readonly PlanLog _plans = new(table.Engine, compact.Allocator);
    private readonly RowNumberColumns? _numbers = RowNumberColumns.Of(begun);

    internal async ValueTask<CommitResult> RunAsync(CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(compact.TargetBytes, nameof(compact));
        var intent = new CommitIntent { Operation = TableOperations.Compact, PartitionColumns = begun.Metadata.PartitionColumns, KeepsRows = true };
        var committer = new TableCommitter(table, intent, begun.Schema, begun);
        var files = new DataFileWriter(table, Guid.NewGuid().ToString("N"), begun.Schema, begun.Metadata.PartitionColumns, compact.Allocator, names: begun.Columns, numbers: _numbers);
        await using var open = files.ConfigureAwait(false);
        try
        {
            return await committer.CommitAsync(async (state, stop) => await WriteAsync(state!, files, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!committer.MayBePublished)
                await files.DeleteAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<TableChange> WriteAsync(LogState state, DataFileWriter files, CancellationToken cancellationToken)
    {
        var bins = Bins(state).ToList();
        foreach (var bin in bins)
        {
            var flow = Flow.From(new EditedFilesSource(table, state, [.. bin.Select((f, i) => new EditedFile(f, i))], null))
                .Select([.. begun.Schema.FieldsList.Concat(_numbers is null ? [] : RowNumberColumns.OfPlan).Select(f => Col(f.Name).As(f.Name))]);
            await foreach (var batch in _plans.RunAsync(TableOperations.Compact, flow, cancellationToken).ConfigureAwait(false))
            {
                using (batch)
                    await files.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            await files.FinishAsync(cancellationToken).ConfigureAwait(false);
            await table.Failpoints.HitAsync(FailpointNames.FilesCompacted, cancellationToken).ConfigureAwait(false);
        }

        List<DataFile> removed = [.. bins.SelectMany(b => b)];
        return new TableChange
        {
            Operation = TableOperations.Compact,
            Added = await files.FinishAsync(cancellationToken).ConfigureAwait(false),
            Removed = removed,
            ChangesRows = false,
            Read = ReadSet.Of(state, removed, static _ => false),
            Explain = _plans.ToString(),
        };
    }

    /// <summary>Files that become one, in the order of the table; files of one partition only.</summary>
    private IEnumerable<List<DataFile>> Bins(LogState state) =>
        state.Files.Where(IsWorthIt(state)).GroupBy(new FilePartitions(state.Columns).NameOf, StringComparer.Ordinal).SelectMany(Bins);

    private IEnumerable<List<DataFile>> Bins(IEnumerable<DataFile> files)
    {
        var bin = new List<DataFile>();
        long bytes = 0;
        foreach (var file in files)
        {
            if (bin.Count > 0 && bytes + file.Size > compact.TargetBytes)
            {
                if (Pays(bin))
                    yield return bin;
                bin = [];
                bytes = 0;
            }

            bin.Add(file);
            bytes += file.Size;
        }

        if (Pays(bin))
            yield return bin;
    }

    private Func<DataFile, bool> IsWorthIt(LogState state) => file =>
        (file.Size < compact.TargetBytes / 2 || file.DeletionVector is not null)
        && (compact.Where is not { } where || FilePruning.MayMatch(file, state.Columns, where));

    private static bool Pays(List<DataFile> bin) => bin.Count > 1 || bin.Exists(f => f.DeletionVector is not null);
}
