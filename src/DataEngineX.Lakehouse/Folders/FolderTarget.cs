using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse;

/// <summary>
/// Writes files into a folder of the local disk: Parquet, Arrow IPC, CSV or JSON lines. Files are written aside, and replacing the manifest of the folder
/// commits them; then they get their names and those that they replace go. Whoever lists the folder meets whole files only, and in that moment may meet
/// new ones beside old ones; <see cref="FileFolder.ListFiles"/> tells the files of one commit. Files that others put there are left alone.
/// </summary>
public sealed class FolderTarget : DispositionTarget
{
    private static readonly WriteDisposition[] Known = [WriteDisposition.Append, WriteDisposition.Replace, WriteDisposition.ReplacePartition];

    /// <summary>Creates the target.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="disposition">What happens to files that are there: they stay, or go, or those of the partitions written go.</param>
    /// <param name="partitions">The columns that tell partitions, for <see cref="WriteDisposition.ReplacePartition"/>.</param>
    /// <exception cref="PlanException">The disposition asks which rows are there, which a folder of files does not know.</exception>
    public FolderTarget(FileFolder folder, WriteDisposition disposition, IReadOnlyList<string>? partitions = null)
        : base(
            (folder ?? throw new ArgumentNullException(nameof(folder))).Dataset, disposition, partitions, Known, "a folder of files",
            "keep the rows in a table of the lakehouse, written by UpsertInto and the like, and publish it from there with ReplaceFolder")
    {
        Folder = folder;
        if (disposition == WriteDisposition.ReplacePartition)
            PartitionColumns = KeyColumns;
    }

    /// <summary>The folder.</summary>
    public FileFolder Folder { get; }

    /// <inheritdoc/>
    public override bool ReplacesInPart => false;

    /// <inheritdoc/>
    /// <exception cref="PlanException">Partitions are replaced by other columns.</exception>
    public override FolderTarget PartitionFilesBy(params IReadOnlyList<string> columns) =>
        WriteDisposition == WriteDisposition.ReplacePartition && !KeyColumns.SequenceEqual(columns, StringComparer.Ordinal)
            ? throw new PlanException($"{Dataset}: partitions are replaced by ({string.Join(", ", KeyColumns)}), so files lie by these columns.")
            : WithPartitionColumns<FolderTarget>(columns);

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        base.WriteCanonical(writer);
        Folder.Format.WriteCanonical(writer);
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        var bound = base.Bind(Dictionaries.Decode(flow));
        PartitionLayout.Check(Dataset, bound, PartitionColumns);
        Folder.Format.Check(new PartitionLayout(bound, PartitionColumns).Stored, Disposition);
        return bound;
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        FolderSchema.Parse((await SettledAsync(cancellationToken).ConfigureAwait(false)).Schema);

    /// <inheritdoc/>
    public override async ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        var manifest = await SettledAsync(cancellationToken).ConfigureAwait(false);
        return manifest.Records.TryGetValue(pipeline, out var text) ? PipelineRecords.Parse(Folder.Path, pipeline, text) : null;
    }

    /// <inheritdoc/>
    public override async ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var writer = new FolderWriter(this, request);
        try
        {
            writer.Fit(await SettledAsync(cancellationToken).ConfigureAwait(false));
            StagedFiles.Clean(Folder);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The manifest, once what a writer left to be done is done.</summary>
    private async ValueTask<FolderManifest> SettledAsync(CancellationToken cancellationToken)
    {
        var manifest = FolderManifest.Read(Folder);
        if (!manifest.IsPending)
            return manifest;
        var held = await FolderLock.TakeAsync(Folder, cancellationToken).ConfigureAwait(false);
        await using var open = held.ConfigureAwait(false);
        return FolderManifest.Read(Folder).Settle(Folder);
    }
}
