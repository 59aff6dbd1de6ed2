using DataEngineX.CrashHost;
using DataEngineX.Testing;
using Microsoft.Extensions.Hosting;

namespace DataEngineX.Integration.Tests;

/// <summary>Does a verb on a state folder: in a process of its own that is killed, or in a new host in this process.</summary>
internal static class Crash
{
    /// <summary>Does it in a process of its own that is killed at a place.</summary>
    public static async Task DieAsync(string state, string place, params string[] line)
    {
        using var process = ChildProcess.Start("DataEngineX.CrashHost.dll", line, ("DataEngineX__Lakehouse", state), (KillFailpoints.Variable, place));
        var code = await process.WaitAsync(TimeSpan.FromSeconds(120));
        Assert.True(code == 137, $"The process was not killed at {place} but ended with {code}:\n{process.Text}");
    }

    /// <summary>Does it in a new host that nothing disturbs.</summary>
    public static async Task RunAsync(string state, params string[] line) =>
        Assert.Equal(0, await WeatherRuns.Build(line, state, NoFailpoints.Instance).RunDataEngineXAsync(line));
}
