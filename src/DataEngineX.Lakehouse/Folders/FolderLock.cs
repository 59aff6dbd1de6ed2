namespace DataEngineX.Lakehouse;

/// <summary>Keeps other writers of a folder away. It goes with the process that holds it.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the folder is free.</summary>
    /// <exception cref="CommitConflictException">Somebody else held it too long.</exception>
    internal static async ValueTask<FileStream> TakeAsync(FileFolder folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Path, FolderManifest.Folder, "lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(start) < Longest)
            {
                await Task.Delay(Wait, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new CommitConflictException(folder.Dataset, $"another writer has held the folder for {Longest.TotalSeconds} seconds ({e.Message}).");
            }
        }
    }
}
