using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads the files of a checkpoint, whose rows are actions with one struct column for each kind.</summary>
internal static class CheckpointReader
{
    private const int BatchRows = 16_384;

    /// <summary>Reads all parts, and the sidecars that they name.</summary>
    /// <exception cref="DataEngineXException">A part is missing or damaged.</exception>
    internal static async Task ReadAsync(
        IObjectStore store, string folder, IReadOnlyList<string> names, CheckpointVisitor visitor, CancellationToken cancellationToken)
    {
        var sidecars = new List<string>();
        foreach (var name in names)
            await ReadFileAsync(store, $"{folder}/{name}", visitor, sidecars, cancellationToken).ConfigureAwait(false);
        foreach (var sidecar in sidecars.ToList())
            await ReadFileAsync(store, SidecarKey(folder, sidecar), visitor, sidecars, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A sidecar is named by its file name, or by a whole path.</summary>
    private static string SidecarKey(string folder, string path)
    {
        var decoded = DeltaPaths.Decode(path);
        return $"{folder}/{LogNames.Sidecars}/{decoded[(decoded.LastIndexOf('/') + 1)..]}";
    }

    private static async Task ReadFileAsync(
        IObjectStore store, string key, CheckpointVisitor visitor, List<string> sidecars, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (key.EndsWith(".json", StringComparison.Ordinal))
            {
                await using (stream.ConfigureAwait(false))
                    await ReadJsonAsync(stream, key, visitor, sidecars, cancellationToken).ConfigureAwait(false);
                return;
            }

            var reader = await ParquetFileReader.OpenAsync(stream, key, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                await ReadParquetAsync(reader, visitor, sidecars, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new DataEngineXException($"Checkpoint {key} cannot be read: {e.Message}", e);
        }
    }

    private static async Task ReadJsonAsync(Stream stream, string key, CheckpointVisitor visitor, List<string> sidecars, CancellationToken cancellationToken)
    {
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        foreach (var action in LogEntry.Parse(0, key, content).Actions)
        {
            if (action.Sidecar is { } sidecar)
                sidecars.Add(sidecar.Path);
            else
                visitor.Visit(action);
        }
    }

    private static async Task ReadParquetAsync(
        ParquetFileReader reader, CheckpointVisitor visitor, List<string> sidecars, CancellationToken cancellationToken)
    {
        List<DeltaField> wanted = [.. visitor.Columns(reader.Schema).Append(CheckpointFields.Sidecar).Where(f => reader.File.Find(f.Name) is not null)];
        var options = new ParquetReadOptions
        {
            Columns = new Schema([.. wanted.Select(f => f.Field)], null),
            Bound = FileBinding.Of(reader.File, wanted, ColumnMapping.None),
            BatchRows = BatchRows,
        };
        await foreach (var batch in reader.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < wanted.Count; i++)
                {
                    var column = new CheckpointColumn(batch.Column(i));
                    if (wanted[i] == CheckpointFields.Sidecar)
                        sidecars.AddRange(Paths(column));
                    else
                        visitor.Visit(wanted[i], column);
                }
            }
        }
    }

    private static IEnumerable<string> Paths(CheckpointColumn column)
    {
        for (var row = 0; row < column.Length; row++)
        {
            if (column.Has(row) && column.Text(0, row) is { } path)
                yield return path;
        }
    }
}
