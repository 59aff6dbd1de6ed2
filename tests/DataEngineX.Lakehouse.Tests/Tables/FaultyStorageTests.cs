using System.Diagnostics;
using System.Security.Cryptography;
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
    public async Task A_full_disk_fails_a_compaction_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit for the size of files is set by the shell.");
        await AppendManyAsync(1);
        await AppendManyAsync(2);
        var before = Files();
        Assert.Matches(@"^DataEngineXException: Cannot write 'silver/readings/[^']+\.parquet' in ", await FullAsync(nameof(FaultyStorageChild.Cannot_compact)));
        Assert.Equal(before, Files());
        await CompactsAsync();
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_fails_a_compaction_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Permissions are set as on Linux.");
        await AppendManyAsync(1);
        await AppendManyAsync(2);
        var before = Files();
        Assert.Matches(@"^DataEngineXException: Cannot write 'silver/readings/[^']+\.parquet' in .*denied", await DeniedAsync(nameof(FaultyStorageChild.Cannot_compact)));
        Assert.Equal(before, Files());
        await CompactsAsync();
    }

    /// <summary>The commit that was due for it is made all the same, and the next one that is due takes the checkpoint.</summary>
    [Fact]
    public async Task A_full_disk_costs_a_checkpoint_and_no_commit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit for the size of files is set by the shell.");
        await AppendAsync(1);

        // Every checkpoint holds all properties: this one is larger than the limit, and a commit is not.
        var note = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(200_000));
        using (var lake = new Lake(new LocalObjectStore(Lakehouse)))
            await (await lake.TableAsync()).ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.checkpointInterval"] = "2", ["note"] = note }), Cancel);
        Assert.Equal("none", await FullAsync(nameof(FaultyStorageChild.Cannot_take_a_checkpoint)));

        Assert.Empty(Directory.GetFiles(Path.Combine(Lakehouse, "silver", "readings", "_delta_log"), "*checkpoint*", SearchOption.AllDirectories));
        Assert.DoesNotContain(Files(), f => Path.GetFileName(f).StartsWith(ObjectKey.ReservedPrefix, StringComparison.Ordinal));
        await AppendAsync(3);
        await AppendAsync(4);
        Assert.Equal(
            ["00000000000000000004.checkpoint.parquet", "_last_checkpoint"],
            Directory.GetFiles(Path.Combine(Lakehouse, "silver", "readings", "_delta_log"), "*checkpoint*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var reopened = new Lake(new LocalObjectStore(Lakehouse));
        Assert.Equal(["1|a|1", "2|a|2", "3|a|3", "4|a|4"], (await reopened.RowsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_fails_a_vacuum_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Permissions are set as on Linux.");
        await AppendAsync(1);
        await AppendAsync(2);
        using var lake = new Lake(new LocalObjectStore(Lakehouse));
        await (await lake.TableAsync()).ApplyAsync(new CompactFiles(), Cancel);
        var before = Files();
        Assert.Matches(@"^DataEngineXException: Cannot delete 'silver/readings/[^']+\.parquet' in .*denied", await DeniedAsync(nameof(FaultyStorageChild.Cannot_vacuum)));
        Assert.Equal(before, Files());

        var report = await (await lake.TableAsync()).VacuumAsync(new TableVacuum { Retention = TimeSpan.Zero, AllowShorter = true }, Cancel);
        Assert.Equal(2, report.Files.Count);
        Assert.Equal(["1|a|1", "2|a|2"], (await lake.RowsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_full_disk_fails_the_write_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit for the size of files is set by the shell.");
        await AppendAsync(1);
        var before = Files();
        var error = await FullAsync(nameof(FaultyStorageChild.Cannot_append));
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
        var error = await DeniedAsync(nameof(FaultyStorageChild.Cannot_append));
        Assert.Matches($@"^DataEngineXException: Cannot write 'silver/readings/[^']+\.parquet' in {Lakehouse}.*denied", error);
        Assert.Equal(before, Files());
        await IsAsItWasAsync();
    }

    /// <summary>No row is lost, and the next compaction succeeds.</summary>
    private async Task CompactsAsync()
    {
        using var lake = new Lake(new LocalObjectStore(Lakehouse));
        var before = await lake.SnapshotAsync();
        await (await lake.TableAsync()).ApplyAsync(new CompactFiles(), Cancel);
        var after = await lake.SnapshotAsync();
        Assert.Equal((2, 1, before.RowCount), (before.FileCount, after.FileCount, after.RowCount));
        Assert.Equal(2 * FaultyStorageChild.Many().Length, (await lake.RowsAsync()).Count);
    }

    private async Task AppendManyAsync(int number)
    {
        using var lake = new Lake(new LocalObjectStore(Lakehouse));
        await lake.AppendAsync(lake.Record(number), FaultyStorageChild.Many());
    }

    private Task<string> FullAsync(string work) => ErrorAsync(work, "/bin/sh", "-c", "trap '' XFSZ; ulimit -S -f 200; exec \"$0\" \"$@\"");

    private async Task<string> DeniedAsync(string work)
    {
        string[] folders = [Path.Combine(Lakehouse, "silver", "readings"), Path.Combine(Lakehouse, "silver", "readings", "_delta_log")];
        foreach (var folder in folders)
            Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            return Environment.IsPrivilegedProcess
                ? await ErrorAsync(work, "setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : await ErrorAsync(work, "/usr/bin/env");
        }
        finally
        {
            foreach (var folder in folders)
                Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
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

    private async Task<string> ErrorAsync(string work, params string[] before)
    {
        List<string> command = [.. before, Environment.ProcessPath!];
        if (string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.OrdinalIgnoreCase))
            command.Add(typeof(FaultyStorageTests).Assembly.Location);
        command.AddRange(["-method", $"{typeof(FaultyStorageChild).FullName}.{work}"]);
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
