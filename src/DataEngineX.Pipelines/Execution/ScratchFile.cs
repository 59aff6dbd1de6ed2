using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Pipelines;

/// <summary>Files for what does not fit the memory. A file has no name from the moment it is open, so that nothing stays behind.</summary>
[Experimental("DEX0001")]
public static class ScratchFile
{
    /// <summary>Makes an empty file. Where the system wants a name (Windows), it is marked for deletion; so nothing stays behind even of a process that is killed.</summary>
    /// <param name="folder">The folder, made when it is not there.</param>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileStream Create(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"dataenginex-{Path.GetRandomFileName()}.scratch");
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 13, options);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
