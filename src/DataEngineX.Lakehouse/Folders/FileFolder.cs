using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse;

/// <summary>A folder of the local disk that pipelines write files of one format to, with folders named as Hive names them where the files are partitioned.</summary>
public sealed class FileFolder
{
    private FileFolder(string path, FolderFormat format)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        Dataset = new DatasetId(FileFolderSource.Namespace, path);
        Format = format;
    }

    /// <summary>The folder, as a whole path.</summary>
    public string Path { get; }

    internal DatasetId Dataset { get; }

    internal FolderFormat Format { get; }

    /// <summary>A folder of Parquet files.</summary>
    /// <param name="path">The folder; relative paths are taken from the current folder. It is made when it is missing.</param>
    /// <param name="options">How files are written. <value>Default: null, the defaults.</value></param>
    public static FileFolder Parquet(string path, ParquetWriteOptions? options = null) => new(path, new ParquetFolderFormat(options ?? new ParquetWriteOptions()));

    /// <summary>A folder of Arrow IPC files.</summary>
    /// <param name="path">The folder; relative paths are taken from the current folder. It is made when it is missing.</param>
    /// <param name="options">How files are written. <value>Default: null, the file format without compression.</value></param>
    public static FileFolder Ipc(string path, IpcWriteOptions? options = null) => new(path, new IpcFolderFormat(options ?? new IpcWriteOptions()));

    /// <summary>A folder of CSV files. All of them have the same columns in the same order.</summary>
    /// <param name="path">The folder; relative paths are taken from the current folder. It is made when it is missing.</param>
    /// <param name="options">How files are written; <see cref="TextCompression.ByName"/> is none. <value>Default: null, the defaults.</value></param>
    public static FileFolder Csv(string path, CsvWriteOptions? options = null)
    {
        var chosen = options ?? new CsvWriteOptions();
        return new(path, new TextFolderFormat(
            ".csv", chosen.Compression,
            writer => writer.Field("format", "csv").Field("separator", chosen.Separator.ToString()).Field("null_text", chosen.NullText).Flag("no_header", !chosen.Header),
            schema => new CsvEncoder(schema, chosen)));
    }

    /// <summary>A folder of files of JSON lines.</summary>
    /// <param name="path">The folder; relative paths are taken from the current folder. It is made when it is missing.</param>
    /// <param name="compression">How files are compressed. <value>Default: not at all.</value></param>
    public static FileFolder JsonLines(string path, TextCompression compression = TextCompression.None) => new(path, new TextFolderFormat(
        ".jsonl", compression, static writer => writer.Field("format", "json_lines"), static schema => new JsonEncoder(schema)));

    /// <summary>
    /// The files that the last commit left, as paths: what whoever must see all of a commit and nothing else reads. It is empty where nothing was committed.
    /// </summary>
    /// <exception cref="DataEngineXException">The manifest is damaged.</exception>
    public IReadOnlyList<string> ListFiles() => [.. FolderManifest.Read(this).Files.Select(f => f.PathIn(Path))];
}
