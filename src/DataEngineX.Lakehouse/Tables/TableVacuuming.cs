using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Sources;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Removes the files of a table that no version within the retention needs.</summary>
/// <param name="table">The table.</param>
/// <param name="visible">The version that readers see, when that is not the newest.</param>
internal sealed class TableVacuuming(TableContext table, Func<CancellationToken, ValueTask<LogState?>> visible)
{
    private const string ChangeData = "_change_data";
    private const int ParallelDeletes = 8;

    internal async ValueTask<VacuumReport> RunAsync(TableVacuum vacuum, CancellationToken cancellationToken)
    {
        var found = await ListAsync(cancellationToken).ConfigureAwait(false);

        // What is committed after the folder was listed is not in the list, or known to the version read now.
        var newest = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{table.Id} has no version yet.");
        DeltaProtocol.CheckVacuum(table.Folder, newest);
        var before = table.Clock.GetUtcNow() - RetentionOf(vacuum, newest);
        var needed = await NeededAsync(newest, before, cancellationToken).ConfigureAwait(false);
        var going = found.Where(o => o.LastModified <= before && !needed.Contains(o.Key)).ToList();
        if (!vacuum.DryRun)
            await DeleteAsync(going, cancellationToken).ConfigureAwait(false);
        return new VacuumReport([.. going.Select(o => o.Key[(table.Folder.Length + 1)..])], going.Sum(o => o.Size), before);
    }

    private TimeSpan RetentionOf(TableVacuum vacuum, LogState state)
    {
        var least = new DeltaSettings(state.Metadata).DeletedFileRetention;
        var retention = vacuum.Retention ?? least;
        if (retention < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(vacuum), retention, "A retention cannot be negative.");
        return retention >= least || vacuum.AllowShorter
            ? retention
            : throw new DataEngineXException(
                $"{table.Id} keeps removed files for {least}, and readers and runs may still need those of the last {retention}; "
                + "a shorter retention must be asked for explicitly.");
    }

    /// <summary>The files below the table's folder, but for the log, received objects, and whatever else others hide there.</summary>
    private async ValueTask<List<ObjectInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var prefix = table.Folder + "/";
        var found = new List<ObjectInfo>();
        await foreach (var info in table.Store.ListAsync(prefix, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (!IsHidden(info.Key[prefix.Length..]) && !RawObjects.IsObject(table.Id, info.Key))
                found.Add(info);
        }

        return found;
    }

    // Folders of partitions may begin so too; they have a value in their name.
    private static bool IsHidden(string path) => path.Split('/').Index().Any(part =>
        part.Item.StartsWith('.') || (part.Item.StartsWith('_') && !part.Item.Contains('=', StringComparison.Ordinal) && !(part.Index == 0 && part.Item == ChangeData)));

    private async ValueTask<HashSet<string>> NeededAsync(LogState newest, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var shown = await visible(cancellationToken).ConfigureAwait(false);
        foreach (var state in new[] { newest, shown }.OfType<LogState>().Distinct())
        {
            foreach (var file in state.Files)
                Add(needed, file.Path, file.DeletionVector);
        }

        foreach (var remove in await table.Log.Reader.ReadTombstonesAsync(newest.Version, before, cancellationToken).ConfigureAwait(false))
            Add(needed, DeltaPaths.Decode(remove.Path), remove.DeletionVector);
        return needed;
    }

    private void Add(HashSet<string> needed, string path, DeletionVectorSpec? vector)
    {
        try
        {
            needed.UnionWith(FileKeys.Of(table, path, vector));
        }
        catch (DataEngineXException)
        {
            // What lies outside the store is not in the list either.
        }
    }

    private async ValueTask DeleteAsync(List<ObjectInfo> going, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelDeletes, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(going, options, async (file, token) =>
        {
            await table.Store.DeleteAsync(file.Key, token).ConfigureAwait(false);
            await table.Failpoints.HitAsync(FailpointNames.FileVacuumed, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
