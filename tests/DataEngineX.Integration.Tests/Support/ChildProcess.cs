using System.Diagnostics;
using System.Text;

namespace DataEngineX.Integration.Tests;

/// <summary>A built program of this repository as a process of its own.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string assembly, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        StartWithin([], assembly, arguments, environment);

    /// <summary>Starts it by a command that limits what it may do.</summary>
    public static ChildProcess StartWithin(string[] command, string assembly, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(command is [var first, ..] ? first : "dotnet")
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (IEnumerable<string>)[.. command.Skip(1), .. command.Length > 0 ? ["dotnet"] : Array.Empty<string>(), "exec", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return new ChildProcess(Process.Start(info) ?? throw new InvalidOperationException($"{assembly} did not start."));
    }

    public async Task<int> WaitAsync(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process did not end. It said:\n{Text}");
        }

        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        return await WaitAsync(TimeSpan.FromSeconds(60));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_text)
            _text.AppendLine(line);
    }
}
