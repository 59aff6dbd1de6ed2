namespace DataEngineX.Lakehouse.Sources;

/// <summary>
/// Files of the local disk that are read as they were when the run was planned. Read incrementally, those that are new; one that is still being written waits
/// for the next run.
/// </summary>
internal sealed class PinnedFiles
{
    private readonly FolderFiles _files;
    private readonly bool _isIncremental;

    internal PinnedFiles(string path, bool isIncremental = false)
    {
        _files = FolderFiles.Of(path, skipUnsettled: isIncremental);
        _isIncremental = isIncremental;
        Dataset = new DatasetId(FileFolderSource.Namespace, path);
    }

    internal DatasetId Dataset { get; }

    internal List<FileInfo> List() => _files.List();

    internal InputVersion Pin(string? since)
    {
        var files = _files.List();
        if (files.Count == 0 && !_files.IsPattern && !(_isIncremental && _files.IsThere))
            throw new SourceRefusedException(Dataset.Name, "there is no such file");
        if (!_isIncremental)
            return new InputVersion(Dataset, FolderFiles.PositionOf(files), null, HasData: files.Count > 0);
        var done = FileStates.Of(since);
        return new InputVersion(Dataset, FileStates.PositionOf(files), since, files.Exists(f => !done.Has(f)));
    }

    /// <summary>The files that a run reads.</summary>
    /// <param name="input">What it was planned to read.</param>
    /// <exception cref="SourceRefusedException">They are not any more what they were when the run was planned.</exception>
    internal List<FileInfo> At(InputVersion input)
    {
        var files = _files.List();
        if (!_isIncremental)
            return FolderFiles.PositionOf(files) == input.Position ? files : throw Changed();
        var (wanted, done) = (FileStates.Of(input.Position), FileStates.Of(input.Since));
        files = [.. files.Where(wanted.Has)];

        // What came after the plan is the next run's, and what was done before may be gone.
        var fresh = files.Where(f => !done.Has(f)).ToList();
        return wanted.MissingAfter(done, files.Count, fresh.Count) ? throw Changed() : fresh;
    }

    /// <summary>The files that a run reads, without those whose rows the target would have twice.</summary>
    internal List<FileInfo> At(ScanRequest request)
    {
        var files = At(request.Input);
        if (!_isIncremental || !request.AppendsOnly)
            return files;
        var done = FileStates.Of(request.Input.Since);
        foreach (var changed in files.Where(done.Knows))
        {
            request.Context.ReportRefused(new SourceRefusedException(
                changed.Name, "it was read before and is another now, and to append its rows again would double those that stayed: give the new content a name of its own, or read the folder with ReadFolder into a raw table, which keeps both"));
        }

        return [.. files.Where(f => !done.Knows(f))];
    }

    /// <summary>The position without files that were refused; null where all are read in each run.</summary>
    internal string? LeaveOut(InputVersion input, IReadOnlySet<string> refused) => _isIncremental ? FileStates.LeaveOut(input, refused) : null;

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

    private SourceRefusedException Changed() => new(Dataset.Name, "the files have changed since the run was planned; run again");
}
