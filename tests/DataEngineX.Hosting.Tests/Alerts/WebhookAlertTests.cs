using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Tests.Alerts;

public sealed class WebhookAlertTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Webhook _webhook = new();
    private readonly Feed _in = new Feed("in").With(1);
    private readonly Feed _out = new("out");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _webhook.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_failure_and_one_recovery_are_told_whatever_restarts_lie_between()
    {
        Break();
        await using (var first = await Host().StartedAsync())
        {
            await RunAsync(first, 1);
            await RunAsync(first, 2);
            await Until.Is(() => _webhook.Received.Count == 1);
        }

        await using (var second = await Host().StartedAsync())
            await RunAsync(second, 3);

        Mend();
        await using (var third = await Host().StartedAsync())
        {
            await RunAsync(third, 4);
            await RunAsync(third, 5);
            await Until.Is(() => _webhook.Received.Count == 2);
        }

        await using (await Host().StartedAsync())
        {
            // A further start has nothing to tell.
        }

        Assert.Equal("failure recovery", _webhook.Kinds);
        var failure = _webhook.Received.First();
        Assert.Equal("p", failure.GetProperty("pipeline").GetString());
        Assert.Contains("it broke", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("manual", failure.GetProperty("trigger").GetString());
        var recovery = _webhook.Received.Last();
        Assert.Equal(failure.GetProperty("runId").GetString(), recovery.GetProperty("failedRunId").GetString());
        Assert.Equal(3, recovery.GetProperty("rows").GetProperty("written").GetInt64());
    }

    [Fact]
    public async Task Each_new_failure_after_a_recovery_is_told()
    {
        await using var host = await Host().StartedAsync();
        var runs = 0;
        for (var round = 1; round <= 2; round++)
        {
            Break();
            _in.Publish();
            await RunAsync(host, ++runs);
            await Until.Is(() => _webhook.Received.Count == round * 2 - 1);
            Mend();
            await RunAsync(host, ++runs);
            await Until.Is(() => _webhook.Received.Count == round * 2);
        }

        Assert.Equal("failure recovery failure recovery", _webhook.Kinds);
        Assert.Equal(4, _webhook.Received.Select(r => r.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task An_alert_that_could_not_be_sent_is_sent_by_the_next_host()
    {
        _webhook.Answer = "403 Forbidden";
        Break();
        await using (var first = await Host().StartedAsync())
        {
            await RunAsync(first, 1);
            await Until.Is(() => first.Logs.Lines.Any(l => l.Id.Id == 3041));
            Assert.DoesNotContain(first.Logs.Lines, l => l.Text.Contains("secret", StringComparison.Ordinal));
        }

        Assert.Empty(_webhook.Received);
        _webhook.Answer = "204 No Content";
        await using var second = await Host().StartedAsync();

        await Until.Is(() => _webhook.Received.Count == 1);
        Assert.Equal("failure", _webhook.Kinds);
    }

    [Fact]
    public async Task A_failure_nobody_was_told_of_has_no_recovery()
    {
        _webhook.Answer = "403 Forbidden";
        Break();
        await using var host = await Host().StartedAsync();
        await RunAsync(host, 1);
        await Until.Is(() => host.Logs.Lines.Any(l => l.Id.Id == 3041));
        _webhook.Answer = "200 OK";
        Mend();
        await RunAsync(host, 2);
        await Until.Is(() => host.Logs.Lines.Any(l => l.Id.Id == 3042));
        await host.StopAsync();

        Assert.Empty(_webhook.Received);
        Assert.Null(await host.Metadata.GetValueAsync("alert/p"));
    }

    [Fact]
    public async Task A_failure_tells_the_verdicts_that_did_not_pass_and_no_value()
    {
        var host = new TestHost(_folder, dex => dex
            .AddPipeline("p", p => p.Read(_in.AsSource()).Check(q => q.NotNull("n").Between("n", 0, 2).Critical()).Into(_out.AsTarget()))
            .UseWebhookAlerts(_webhook.Address));

        Assert.Equal(1, await host.RunAsync("run", "p"));

        var verdict = Assert.Single(_webhook.Received.Single().GetProperty("verdicts").EnumerateArray());
        Assert.Equal("between n fail critical", string.Join(' ', new[] { "rule", "column", "outcome", "severity" }.Select(n => verdict.GetProperty(n).GetString())));
        Assert.Equal((3, 1), (verdict.GetProperty("checked").GetInt64(), verdict.GetProperty("failed").GetInt64()));
        Assert.Equal(6, verdict.EnumerateObject().Count());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new Webhook();
        _webhook.Answer = $"307 Temporary Redirect\r\nLocation: {elsewhere.Address}";
        Break();
        await using var host = await Host().StartedAsync();
        await RunAsync(host, 1);
        await Until.Is(() => host.Logs.Lines.Any(l => l.Id.Id == 3041));

        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task A_verb_that_fails_tells_before_its_process_ends()
    {
        Break();

        Assert.Equal(1, await Host().RunAsync("run", "p"));
        Assert.Equal("failure", _webhook.Kinds);
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("ftp://127.0.0.1/hook")]
    [InlineData("nonsense")]
    public async Task Only_https_or_the_loopback_is_taken(string address)
    {
        var host = new TestHost(_folder, dex => dex.AddCopy("p", _in, _out), configuration: ("DataEngineX:Alerts:Webhook", address));

        Assert.Equal(1, await host.RunAsync());
        Assert.Contains("webhook", host.Output.Reasons, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, host.Output.Reasons.Count(c => c == '\n'));
    }

    private static async Task RunAsync(TestHost host, int count)
    {
        host.Get<IRunQueue>().Enqueue(new RunRequest("p"));
        await host.UntilRunsAsync(count);
    }

    private TestHost Host() => new(_folder, dex => dex.AddCopy("p", _in, _out).UseWebhookAlerts(_webhook.Address));

    private void Break() => _in.OnRead = _ => throw new InvalidOperationException("it broke");

    private void Mend() => _in.OnRead = _ => Task.CompletedTask;
}
