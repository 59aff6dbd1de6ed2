using System.Text;

namespace DataEngineX.Integration.Tests.QualityCheck;

/// <summary>One run of the program: its exit code and what it said.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it wrote to its output.</param>
/// <param name="Error">What it wrote to its error stream.</param>
internal sealed record QualityCheckRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs it in this process, as its main method would.</summary>
    public static async Task<QualityCheckRun> InProcessAsync(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var code = await global::QualityCheck.Commands.CommandLine.RunAsync(args, output, error);
        return new QualityCheckRun(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs it as a process of its own.</summary>
    public static async Task<QualityCheckRun> ProcessAsync(params string[] args)
    {
        var info = new System.Diagnostics.ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "QualityCheck.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var arg in args)
            info.ArgumentList.Add(arg);
        using var process = System.Diagnostics.Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return new QualityCheckRun(process.ExitCode, await output, await error);
    }
}
