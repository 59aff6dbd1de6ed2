using DataEngineX.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Hosting.Tests.Verbs;

public sealed class HostVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Feed _in = new Feed("in").With(1);
    private readonly Feed _out = new("out");
    private readonly Feed _next = new("next");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_runs_one_pipeline_and_tells_its_rows()
    {
        var host = Host();

        Assert.Equal(0, await host.RunAsync("run", "first", "--some:setting", "x"));

        Assert.Equal(
            "first succeeded: 3 read, 0 generated, 3 written, 0 filtered, 0 quarantined; test/out is at version 1." + Environment.NewLine,
            host.Output.Results);
        Assert.Empty(host.Output.Reasons);
        Assert.Equal((1, 0), (_out.Version, _next.Version));
    }

    [Fact]
    public async Task Run_tells_how_far_it_is_when_asked_to()
    {
        var host = Host();
        _in.OnRead = _ => Until.Is(() => host.Output.Reasons.Contains("rows read", StringComparison.Ordinal));

        Assert.Equal(0, await host.RunAsync("run", "first", "--progress"));

        Assert.StartsWith("first: 0 rows read, 0 MB, 0 written, ", host.Output.Reasons, StringComparison.Ordinal);
        Assert.StartsWith("first succeeded", host.Output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_finds_its_work_done()
    {
        await Host().RunAsync("run", "first");
        var host = Host();

        Assert.Equal(0, await host.RunAsync("run", "first"));
        Assert.Contains("nothing was published", host.Output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ends_with_the_reason_of_a_failure()
    {
        _in.OnRead = _ => throw new InvalidOperationException("the disk is on fire");
        var host = Host();

        Assert.Equal(1, await host.RunAsync("run", "first"));

        Assert.Empty(host.Output.Results);
        Assert.StartsWith("first failed: 0 read", host.Output.Reasons, StringComparison.Ordinal);
        Assert.Contains("the disk is on fire", host.Output.Reasons, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_tells_what_a_run_would_do_and_does_nothing()
    {
        var host = Host();

        Assert.Equal(0, await host.RunAsync("plan", "first"));

        Assert.Contains("first: would run.", host.Output.Results, StringComparison.Ordinal);
        Assert.Contains("test/in@1", host.Output.Results, StringComparison.Ordinal);
        Assert.Contains("run key: ", host.Output.Results, StringComparison.Ordinal);
        Assert.Equal(0, _out.Version);
        await Host().RunAsync("run", "first");
        var after = Host();
        await after.RunAsync("plan", "first");
        Assert.Contains("first: nothing to do.", after.Output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_tells_pipelines_and_when_they_run()
    {
        var host = Host();

        Assert.Equal(0, await host.RunAsync("list"));

        Assert.Contains("first: test/in -> test/out; at '5 * * * *' ", host.Output.Results, StringComparison.Ordinal);
        Assert.Contains("second: test/out -> test/next; after its upstream, at start", host.Output.Results, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no pipeline 'other'; there are first, second.", "run", "other")]
    [InlineData("There is no pipeline 'other'; there are first, second.", "plan", "other")]
    [InlineData("Usage: run <pipeline>", "run")]
    [InlineData("Usage: run <pipeline>", "run", "first", "second")]
    [InlineData("There is no verb 'serve'; there are:", "serve")]
    [InlineData("  hello <name>: greet", "serve")]
    public async Task What_is_asked_wrongly_ends_with_2_and_tells_what_there_is(string reason, params string[] args)
    {
        var host = Host();

        Assert.Equal(2, await host.RunAsync(args));
        Assert.Contains(reason, host.Output.Reasons, StringComparison.Ordinal);
        Assert.Empty(host.Output.Results);
    }

    [Fact]
    public async Task A_verb_starts_no_schedule()
    {
        var host = Host();
        await host.RunAsync("list");

        Assert.Equal((0, 0), (_out.Version, _next.Version));
    }

    [Fact]
    public async Task A_host_may_have_verbs_of_its_own()
    {
        var host = Host();

        Assert.Equal(7, await host.RunAsync("hello", "world", "--loud=yes"));
        Assert.Equal("hello world yes", host.Output.Results);
    }

    private TestHost Host() => new(
        _folder,
        dex => dex.AddCopy("first", _in, _out).AddCopy("second", _out, _next)
            .Schedule("first", "5 * * * *").RunAfterUpstream("second").RunAtStart("second"),
        services: s => s.AddSingleton<IHostVerb, Hello>());

    private sealed class Hello : IHostVerb
    {
        public string Name => "hello";

        public string Usage => "<name>: greet";

        public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
        {
            await output.Out.WriteAsync($"hello {arguments.Values[0]} {arguments.Option("loud")}");
            return 7;
        }
    }
}
