using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>The objects of a raw table that a read is about.</summary>
internal static class RawObjects
{
    private static readonly Schema Columns = new([.. new[] { RawManifest.Path, RawManifest.Source, RawManifest.Size }.Select(RawManifest.Schema.GetFieldByName)], null);

    private const string Folder = "objects";

    /// <summary>Where the content of a digest is kept.</summary>
    internal static string KeyOf(DatasetId table, string digest) => ObjectKey.Combine(table.ToString(), $"{Folder}/{digest}");

    /// <summary>Whether a key is that of an object, of which only rows of the table know.</summary>
    internal static bool IsObject(DatasetId table, string key) => key.StartsWith($"{table}/{Folder}/", StringComparison.Ordinal);

    internal static async Task<List<ScanFile>> ListAsync(TableSource manifest, ScanRequest request, CancellationToken cancellationToken)
    {
        var objects = new List<ScanFile>();
        await foreach (var batch in manifest.ReadAsync(request with { Schema = Columns, Predicate = null }, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Length; i++)
                {
                    var key = ((StringArray)batch.Column(0)).GetString(i);
                    objects.Add(Of(((StringArray)batch.Column(1)).GetString(i), ((Int64Array)batch.Column(2)).Values[i], key, request.Context));
                }
            }
        }

        return objects;
    }

    /// <summary>Reads again what was refused: single records from their texts, objects that were refused whole from the store.</summary>
    internal static async IAsyncEnumerable<RecordBatch> RereadAsync(
        IFileScan scan, DatasetId table, IReadOnlyList<RefusedRow> rows, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = new List<ScanFile>();
        foreach (var whole in rows.Where(r => r.Line == 0))
            objects.Add(await FindAsync(table, whole, request.Context, cancellationToken).ConfigureAwait(false));
        await foreach (var batch in Parts.InOrderAsync(scan.PartsAsync(objects, table, request, cancellationToken), cancellationToken).ConfigureAwait(false))
            yield return batch;
        await foreach (var batch in scan.RereadAsync([.. rows.Where(r => r.Line > 0)], table, request, cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    private static async ValueTask<ScanFile> FindAsync(DatasetId table, RefusedRow whole, OperatorContext context, CancellationToken cancellationToken)
    {
        // The quarantine is a table like others, and what somebody wrote there must not lead out of the raw table.
        if (!ObjectKey.IsValid(whole.Text) || !IsObject(table, whole.Text) || await context.Data.Objects.HeadAsync(whole.Text, cancellationToken).ConfigureAwait(false) is not { } info)
            return new ScanFile(whole.File, 0, _ => throw new SourceRefusedException(whole.File, $"{table} has no object '{whole.Text}'")) { Key = whole.Text };
        return Of(whole.File, info.Size, whole.Text, context);
    }

    private static ScanFile Of(string name, long bytes, string key, OperatorContext context) =>
        new(name, bytes, stop => context.Data.Objects.OpenReadAsync(key, stop)) { Key = key };
}
