using System.Diagnostics;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>Spilling in a child process that is killed, or whose disk is full.</summary>
public sealed class SpillProcessTests : IDisposable
{
    private readonly string _scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_is_killed_while_it_spills_leaves_nothing_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are read from /proc.");
        using var child = Start(nameof(SpillingChild.Hangs_once_it_has_spilled));
        var output = child.StandardOutput.ReadToEndAsync(Cancel);
        try
        {
            while (!File.Exists(_scratch + ".spilled"))
            {
                Assert.False(child.HasExited, child.HasExited ? await output : null);
                await Task.Delay(50, Cancel);
            }

            Assert.Contains(OpenFiles(child.Id), f => f.StartsWith(_scratch, StringComparison.Ordinal));
        }
        finally
        {
            child.Kill();
        }

        await child.WaitForExitAsync(Cancel);
        Assert.True(Directory.Exists(_scratch));
        Assert.Empty(Directory.GetFileSystemEntries(_scratch));
    }

    [Fact]
    public async Task A_full_disk_is_one_error_naming_operator_and_folder_and_leaves_nothing_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit for the size of files is set by the shell.");
        using var child = Start(nameof(SpillingChild.Finds_the_disk_full), "trap '' XFSZ; ulimit -S -f 100; exec \"$0\" \"$@\"");
        var errors = child.StandardError.ReadToEndAsync(Cancel);
        var output = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
        Assert.True(child.ExitCode == 0, $"{output}{await errors}");
        Assert.Matches("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output);
    }

    public void Dispose()
    {
        if (Directory.Exists(_scratch))
            Directory.Delete(_scratch, recursive: true);
        File.Delete(_scratch + ".spilled");
    }

    /// <summary>The paths of the files that a process has open, unlinked ones too.</summary>
    public static IReadOnlyList<string> OpenFiles(int process)
    {
        var files = new List<string>();
        foreach (var link in Directory.GetFiles($"/proc/{process}/fd"))
        {
            try
            {
                if (new FileInfo(link).LinkTarget is { } target)
                    files.Add(target);
            }
            catch (IOException)
            {
                // It was closed meanwhile.
            }
        }

        return files;
    }

    private Process Start(string method, string? shell = null)
    {
        List<string> command = [Environment.ProcessPath!];
        if (string.Equals(Path.GetFileNameWithoutExtension(command[0]), "dotnet", StringComparison.OrdinalIgnoreCase))
            command.Add(typeof(SpillProcessTests).Assembly.Location);
        command.AddRange(["-method", $"{typeof(SpillingChild).FullName}.{method}"]);
        if (shell is not null)
            command.InsertRange(0, ["/bin/sh", "-c", shell]);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[SpillingChild.Scratch] = _scratch;

        // The runtime maps code through a file in memory, to which the limit for files would apply.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }
}
