using DataEngineX.Hosting.Tests.Support;

namespace DataEngineX.Hosting.Tests.Running;

public sealed class OrphanTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Feed _in = new Feed("in").With(1);
    private readonly Feed _out = new("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_left_by_a_dead_host_is_closed_and_done_again()
    {
        await using var host = Host();
        await host.Metadata.InitializeAsync();
        await host.Metadata.SaveRunAsync(Left("20150601T110000-a"));
        await host.StartedAsync();

        var runs = await host.UntilRunsAsync(2);

        Assert.Equal(RunState.Succeeded, runs[0].State);
        Assert.Equal(("20150601T110000-a", RunState.Failed), (runs[1].Id, runs[1].State));
        Assert.Contains("Interrupted", runs[1].Error, StringComparison.Ordinal);
        Assert.NotNull(runs[1].FinishedAt);
    }

    [Fact]
    public async Task A_run_whose_lease_stands_is_left_alone_until_it_ends()
    {
        await using var host = Host();
        await host.Metadata.InitializeAsync();
        await host.Metadata.SaveRunAsync(Left("20150601T110000-a"));
        var lease = (await host.Metadata.TryAcquireLeaseAsync(LeaseNames.OfPipeline("p"), "elsewhere", TimeSpan.FromMinutes(10)))!;
        await host.StartedAsync();
        await Task.Delay(200);
        Assert.Equal(RunState.Running, Assert.Single(await host.RunsAsync()).State);

        await host.Metadata.ReleaseLeaseAsync(lease);

        Assert.Equal(RunState.Failed, (await host.UntilRunsAsync(2))[1].State);
    }

    [Fact]
    public async Task A_run_that_takes_its_process_down_each_time_is_given_up()
    {
        await using var host = Host();
        await host.Metadata.InitializeAsync();
        for (var i = 1; i <= 3; i++)
            await host.Metadata.SaveRunAsync(Left($"20150601T11000{i}-a"));
        foreach (var run in await host.RunsAsync())
        {
            if (!run.Id.StartsWith("20150601T110001", StringComparison.Ordinal))
                await host.Metadata.SaveRunAsync(run with { State = RunState.Failed, Error = "Interrupted: the process that ran it ended." });
        }

        await host.StartedAsync();
        await Until.Is(() => host.Logs.Lines.Any(l => l.Id.Id == 3014));
        await host.StopAsync();

        Assert.Equal(3, (await host.RunsAsync(state: RunState.Failed)).Count);
        Assert.Equal(0, _out.Version);
    }

    private static RunRecord Left(string id) => new()
    {
        Id = id,
        Pipeline = "p",
        State = RunState.Running,
        StartedAt = TestHost.Noon.AddHours(-1),
    };

    private TestHost Host() => new(
        _folder, dex => dex.AddCopy("p", _in, _out).ConfigureHost(o => o.OrphanCheckInterval = TimeSpan.FromMilliseconds(50)));
}
