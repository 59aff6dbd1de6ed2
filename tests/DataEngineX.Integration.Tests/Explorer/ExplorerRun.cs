using System.Diagnostics;

namespace DataEngineX.Integration.Tests.Explorer;

/// <summary>One run of the explorer as a process of its own, as a shell starts it.</summary>
internal sealed record ExplorerRun(int ExitCode, string Output, string Errors)
{
    internal static async Task<ExplorerRun> OfAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "LakehouseExplorer.dll"), .. arguments])
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException("The explorer did not end.");
        }

        return new ExplorerRun(process.ExitCode, await output, await errors);
    }

    /// <summary>A golden table, in place.</summary>
    internal static string Golden(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DataEngineX.slnx")))
                return Path.Combine(folder.FullName, "tests", "data", "delta-golden", name);
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
