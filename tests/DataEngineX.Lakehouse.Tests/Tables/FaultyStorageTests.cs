using System.Diagnostics;
using DataEngineX.Lakehouse.Storage;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>A disk that is full and a folder that may not be written any more: one error that names the object, and a table that is what it was.</summary>
public sealed class FaultyStorageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Lakehouse => _folder["lake"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_fails_the_write_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit for the size of files is set by the shell.");
        await AppendAsync(1);
        var before = Files();
        var error = await ErrorAsync("/bin/sh", "-c", "trap '' XFSZ; ulimit -S -f 200; exec \"$0\" \"$@\"");
        Assert.Matches($@"^DataEngineXException: Cannot write 'silver/readings/[^']+\.parquet' in {Lakehouse}", error);
        Assert.Equal(before, Files());
        await IsAsItWasAsync();
    }

    /// <summary>Root may write everywhere, unless the process has given that up.</summary>
    [Fact]
    public async Task A_folder_that_may_not_be_written_fails_the_write_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Permissions are set as on Linux.");
        await AppendAsync(1);
        var before = Files();
        string[] folders = [Path.Combine(Lakehouse, "silver", "readings"), Path.Combine(Lakehouse, "silver", "readings", "_delta_log")];
        foreach (var folder in folders)
            Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var error = Environment.IsPrivilegedProcess
                ? await ErrorAsync("setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : await ErrorAsync("/usr/bin/env");
            Assert.Matches($@"^DataEngineXException: Cannot write 'silver/readings/[^']+\.parquet' in {Lakehouse}.*denied", error);
        }
        finally
        {
            foreach (var folder in folders)
                Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal(before, Files());
        await IsAsItWasAsync();
    }

    /// <summary>The rows are there, and the next write succeeds.</summary>
    private async Task IsAsItWasAsync()
    {
        using var lake = new Lake(new LocalObjectStore(Lakehouse));
        Assert.Equal(["1|a|1"], await lake.RowsAsync());
        await AppendAsync(2);
        Assert.Equal(["1|a|1", "2|a|2"], (await lake.RowsAsync()).Order(StringComparer.Ordinal));
    }

    private async Task AppendAsync(int number)
    {
        using var lake = new Lake(new LocalObjectStore(Lakehouse));
        await lake.AppendAsync(lake.Record(number), (number, "a", number));
    }

    private List<string> Files() => [.. Directory.GetFiles(Lakehouse, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void Permit(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }

    private async Task<string> ErrorAsync(params string[] before)
    {
        List<string> command = [.. before, Environment.ProcessPath!];
        if (string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.OrdinalIgnoreCase))
            command.Add(typeof(FaultyStorageTests).Assembly.Location);
        command.AddRange(["-method", $"{typeof(FaultyStorageChild).FullName}.{nameof(FaultyStorageChild.Cannot_append)}"]);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[FaultyStorageChild.Folder] = Lakehouse;

        // The runtime maps code through a file in memory, to which the limit for files would apply.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
        Assert.True(File.Exists(Lakehouse + ".error"), said);
        return await File.ReadAllTextAsync(Lakehouse + ".error", Cancel);
    }
}
