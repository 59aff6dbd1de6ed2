using DataEngineX.Hosting;
using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

/// <summary>A disk that is full, or a file that may not be written, where runs are recorded: one error that names the file, and a next run that loses nothing.</summary>
[Collection(nameof(PreparedWeather))]
public sealed class MetadataFaultTests(PreparedWeather prepared)
{
    /// <summary>The smaller the limit is, the earlier in the run it is met; above the largest it may not be met at all.</summary>
    [Theory]
    [InlineData(40, true)]
    [InlineData(80, false)]
    [InlineData(120, false)]
    public async Task A_full_disk_fails_the_run_and_loses_nothing(int blocks, bool mustFail)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit for the size of files is set by the shell.");
        using var folder = Copied();
        var (code, said) = await RunAsync(folder.Root, "/bin/sh", "-c", $"trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
        Assert.True(code == 1 || (code == 0 && !mustFail), said);
        if (code == 1)
            Assert.Matches($"'{Store(folder.Root)}' cannot be used: [^\n]+\\.", said);
        await IsAsUndisturbedAsync(folder.Root);
    }

    [Fact]
    public async Task A_store_that_may_not_be_written_fails_the_run_and_loses_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Permissions are set as on Linux.");
        using var folder = Copied();
        Permit(Store(folder.Root), UnixFileMode.UserRead);
        var (code, said) = await RunAsync(
            folder.Root, Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : ["/usr/bin/env"]);
        Permit(Store(folder.Root), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(1, code);
        Assert.Contains($"'{Store(folder.Root)}' cannot be used: it is read-only; give the host's user the right to write it.", said, StringComparison.Ordinal);
        await IsAsUndisturbedAsync(folder.Root);
    }

    private static string Store(string state) => Path.Combine(state, SqliteMetadataStore.FileName);

    private static void Permit(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);
    }

    private TempFolder Copied()
    {
        var folder = new TempFolder();
        TempFolder.Copy(prepared.Before(WeatherSilver.Name), folder.Root);
        return folder;
    }

    private static async Task<(int Code, string Said)> RunAsync(string state, params string[] within)
    {
        // The runtime maps code through a file in memory, to which the limit for files would apply.
        using var process = ChildProcess.StartWithin(
            within, "DataEngineX.CrashHost.dll", ["run", WeatherSilver.Name], ("DataEngineX__Lakehouse", state), ("DOTNET_EnableWriteXorExecute", "0"), ("DEX_FILE_LIMIT", "1"));
        return (await process.WaitAsync(TimeSpan.FromSeconds(120)), process.Text);
    }

    private async Task IsAsUndisturbedAsync(string state)
    {
        await Crash.RunAsync(state, "run", WeatherSilver.Name);
        Assert.Equal(await prepared.AfterAsync(WeatherSilver.Name), await WeatherTables.ReadAsync(state));
        await MetadataView.CheckAsync(state, WeatherSilver.Name, killed: 1);
    }
}
