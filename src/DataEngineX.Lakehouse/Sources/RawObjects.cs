using Apache.Arrow;
using DataEngineX.Pipelines;

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
                    objects.Add(new ScanFile(
                        ((StringArray)batch.Column(1)).GetString(i),
                        ((Int64Array)batch.Column(2)).Values[i],
                        stop => request.Context.Data.Objects.OpenReadAsync(key, stop)));
                }
            }
        }

        return objects;
    }
}
