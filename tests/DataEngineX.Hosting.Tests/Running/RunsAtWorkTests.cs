using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Hosting.Tests.Running;

public sealed class RunsAtWorkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_among_those_at_work_until_it_ends()
    {
        var goOn = new TaskCompletionSource();
        var feed = new Feed("in").With(1);
        feed.OnRead = _ => goOn.Task;
        await using var host = await new TestHost(_folder, dex => dex.AddCopy("copy", feed, new Feed("out"))).StartedAsync();
        var runs = host.Get<IRunsAtWork>();

        var ordered = host.Get<IRunQueue>().Enqueue(new RunRequest("copy"));
        await Until.Is(() => runs.Find(ordered.Id) is not null);

        Assert.Equal(ordered.Id, Assert.Single(runs.Now).RunId);
        Assert.Null(runs.Find("another"));
        goOn.SetResult();
        await host.UntilRunsAsync(1, "copy", RunState.Succeeded);
        await Until.Is(() => runs.Now.Count == 0);
    }

    [Fact]
    public async Task A_verb_tells_rows_share_bytes_and_time()
    {
        var feed = new Feed("in").With(1);
        var progress = new RunProgress("r", 1_250_000, 400_000, 96_400_000, 0, TimeSpan.FromSeconds(10), 5_000_000);
        var host = new TestHost(
            _folder, dex => dex.AddCopy("big", feed, new Feed("out")), services: s => s.AddSingleton<IRunsAtWork>(new Fixed(progress)));
        feed.OnRead = _ => Until.Is(() => host.Output.Reasons.Length > 0);

        await host.RunAsync("run", "big", "--progress");

        Assert.StartsWith(
            "big: 1,250,000 of about 5,000,000 rows read (25 %), 96 MB, 400,000 written, 10 s, about 30 s left" + Environment.NewLine,
            host.Output.Reasons, StringComparison.Ordinal);
    }

    private sealed class Fixed(RunProgress progress) : IRunsAtWork
    {
        public IReadOnlyList<RunProgress> Now => [progress];

        public RunProgress? Find(string runId) => progress;
    }
}
