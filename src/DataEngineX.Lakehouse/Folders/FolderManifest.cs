using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.Lakehouse;

/// <summary>
/// What a folder of files says of itself, in <c>.dataenginex/manifest.json</c>: replacing that file is the commit. Which files have their places and
/// which are gone is made up for afterwards, by whoever comes next where the writer could not.
/// </summary>
internal sealed partial record FolderManifest
{
    /// <summary>The folder below that of the files, which readers of files leave alone.</summary>
    internal const string Folder = ".dataenginex";

    private const string Name = "manifest.json";

    /// <summary>One more with each commit.</summary>
    public long Version { get; init; }

    /// <summary>The columns of the rows, in the schema message of Arrow IPC; null while there are none.</summary>
    public string? Schema { get; init; }

    /// <summary>The columns by which files are put into folders.</summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];

    /// <summary>The files of the folder.</summary>
    public IReadOnlyList<FolderFile> Files { get; init; } = [];

    /// <summary>Files of earlier versions that may still be there.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The records of the last commits, by pipeline.</summary>
    public IReadOnlyDictionary<string, string> Records { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether files are still to get their places, or to go.</summary>
    internal bool IsPending => Removed.Count > 0 || Files.Any(f => f.Staged is not null);

    internal static FolderManifest Read(FileFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(folder)), Json.Default.FolderManifest) ?? throw new JsonException("there is nothing in it");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FolderManifest();
        }
        catch (JsonException e)
        {
            throw new DataEngineXException($"{folder.Dataset}: the manifest of the folder is damaged: {e.Message}", e);
        }
    }

    /// <summary>Takes the place of the manifest that is there, at once.</summary>
    internal void Write(FileFolder folder)
    {
        var path = PathOf(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".tmp";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, this, Json.Default.FolderManifest);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Gives committed files their places and takes away those that are gone. Doing it twice is doing it once.</summary>
    internal FolderManifest Settle(FileFolder folder)
    {
        if (!IsPending)
            return this;
        foreach (var file in Files.Where(f => f.Staged is not null))
        {
            var (from, to) = (Path.Combine(folder.Path, file.Staged!), file.PathIn(folder.Path));
            if (!File.Exists(from))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to, overwrite: true);
        }

        foreach (var gone in Removed)
            Remove(folder.Path, gone);
        var settled = this with { Files = [.. Files.Select(f => f with { Staged = null })], Removed = [] };
        settled.Write(folder);
        return settled;
    }

    private static void Remove(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (File.Exists(path))
            File.Delete(path);
        for (var above = Path.GetDirectoryName(path)!; above.Length > folder.Length && Directory.Exists(above) && !Directory.EnumerateFileSystemEntries(above).Any(); above = Path.GetDirectoryName(above)!)
            Directory.Delete(above);
    }

    private static string PathOf(FileFolder folder) => Path.Combine(folder.Path, Folder, Name);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
    [JsonSerializable(typeof(FolderManifest))]
    private sealed partial class Json : JsonSerializerContext;
}
