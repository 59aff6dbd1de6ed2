namespace DataEngineX.Lakehouse.Sources;

/// <summary>Files of the local disk that are read as they were when the run was planned.</summary>
internal sealed class PinnedFiles
{
    private readonly FolderFiles _files;

    internal PinnedFiles(string path)
    {
        _files = FolderFiles.Of(path);
        Dataset = new DatasetId(FileFolderSource.Namespace, path);
    }

    internal DatasetId Dataset { get; }

    internal List<FileInfo> List() => _files.List();

    internal InputVersion Pin()
    {
        var files = _files.List();
        if (files.Count == 0 && !_files.IsPattern)
            throw new SourceRefusedException(Dataset.Name, "there is no such file");
        return new InputVersion(Dataset, FolderFiles.PositionOf(files), null, HasData: files.Count > 0);
    }

    internal List<FileInfo> At(InputVersion input)
    {
        var files = _files.List();
        return FolderFiles.PositionOf(files) == input.Position
            ? files
            : throw new SourceRefusedException(Dataset.Name, "the files have changed since the run was planned; run again");
    }

    internal static FileStream Open(FileInfo file)
    {
        try
        {
            return new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceRefusedException(file.Name, $"it cannot be read ({e.Message})");
        }
    }
}
