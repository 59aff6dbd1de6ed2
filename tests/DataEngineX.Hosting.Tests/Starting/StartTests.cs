using System.Net.Sockets;
using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataEngineX.Hosting.Tests.Starting;

public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_runs_until_it_is_asked_to_stop()
    {
        var host = Host();
        var running = host.RunAsync("--urls", "http://127.0.0.1:0");
        await Until.Is(() => host.Get<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);

        host.Get<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(0, await running);
        Assert.True(File.Exists(_folder.Below(SqliteMetadataStore.FileName)));
    }

    [Theory]
    [InlineData]
    [InlineData("run", "p")]
    public async Task A_state_folder_that_cannot_be_written_refuses_start_and_verbs(params string[] args)
    {
        var file = _folder.Below("file");
        await File.WriteAllTextAsync(file, "in the way");
        var host = new TestHost(_folder, Pipeline, configuration: (StateFolder.ConfigurationKey, Path.Combine(file, "lake")));

        Assert.Equal(1, await host.RunAsync(args));

        var sentence = host.Output.Reasons.TrimEnd();
        Assert.Contains(file, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain(host.Logs.Lines, l => l.Text.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("upstream")]
    [InlineData("start")]
    public async Task A_trigger_of_a_pipeline_that_does_not_exist_refuses_the_start(string kind)
    {
        var host = new TestHost(_folder, dex =>
        {
            Pipeline(dex);
            _ = kind switch
            {
                "schedule" => dex.Schedule("other", "* * * * *"),
                "upstream" => dex.RunAfterUpstream("other"),
                _ => dex.RunAtStart("other"),
            };
        });

        Assert.Equal(1, await host.RunAsync());
        Assert.Equal("There is no pipeline 'other'; there are p.", host.Output.Reasons.Trim());
    }

    [Fact]
    public async Task A_check_of_the_host_refuses_the_start_but_no_verb()
    {
        var refused = Host(s => s.AddSingleton<IStartCheck, Closed>());
        Assert.Equal(1, await refused.RunAsync());
        Assert.Equal("This host is closed.", refused.Output.Reasons.Trim());

        Assert.Equal(0, await Host(s => s.AddSingleton<IStartCheck, Closed>()).RunAsync("list"));
    }

    [Fact]
    public async Task A_check_also_holds_for_a_host_that_is_started_by_hand()
    {
        await using var host = Host(s => s.AddSingleton<IStartCheck, Closed>());

        Assert.Equal("This host is closed.", (await Assert.ThrowsAsync<DataEngineXException>(host.StartedAsync)).Message);
    }

    [Fact]
    public async Task An_occupied_port_is_one_sentence()
    {
        var host = Host(s => s.AddHostedService<Listener>());

        Assert.Equal(1, await host.RunAsync());
        Assert.Contains("cannot listen", host.Output.Reasons, StringComparison.Ordinal);
        Assert.Equal(1, host.Output.Reasons.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Adding_twice_changes_nothing_and_adds_up()
    {
        var services = new ServiceCollection();
        services.AddDataEngineX(Pipeline);
        var once = services.Count;
        services.AddDataEngineX();
        Assert.True(services.Count == once, string.Join("\n", services.Skip(once).Select(d => d.ToString())));

        await using var host = new TestHost(
            _folder,
            dex => dex.AddCopy("q", new Feed("c"), new Feed("d")),
            services: s => s.AddDataEngineX(Pipeline));
        Assert.Equal(["p", "q"], host.Get<IPipelineCatalog>().Pipelines.Select(p => p.Name).Order());
        Assert.Equal(host.Services.GetServices<IRunObserver>().Count(), host.Services.GetServices<IRunObserver>().Select(o => o.GetType()).Distinct().Count());
    }

    [Fact]
    public async Task The_state_folder_is_what_configuration_says_then_code_then_lake()
    {
        await using var host = new TestHost(_folder, dex =>
        {
            Pipeline(dex);
            dex.Services.AddKeyedSingleton(StateFolder.Requested, new StateFolder("elsewhere"));
        });
        Assert.Equal(_folder.Root, host.Get<StateFolder>().Path);

        var bare = new ServiceCollection();
        bare.AddDataEngineX(dex => dex.Services.AddKeyedSingleton(StateFolder.Requested, new StateFolder("elsewhere")));
        using (var provider = bare.BuildServiceProvider())
            Assert.Equal(Path.GetFullPath("elsewhere"), provider.GetRequiredService<StateFolder>().Path);
        var empty = new ServiceCollection();
        empty.AddDataEngineX();
        using (var provider = empty.BuildServiceProvider())
            Assert.Equal(Path.GetFullPath(StateFolder.Default), provider.GetRequiredService<StateFolder>().Path);
    }

    [Fact]
    public async Task Another_sqlite_file_can_be_named()
    {
        var path = _folder.Below("else", "where.db");
        await using var host = await new TestHost(_folder, dex =>
        {
            Pipeline(dex);
            dex.UseSqlite(path);
        }).StartedAsync();

        Assert.True(File.Exists(path));
        Assert.Equal(path, Assert.IsType<SqliteMetadataStore>(host.Metadata).Path);
    }

    private static void Pipeline(IDataEngineXBuilder dex) => dex.AddCopy("p", new Feed("a"), new Feed("b"));

    private TestHost Host(Action<IServiceCollection>? services = null) => new(_folder, Pipeline, services: services);

    private sealed class Closed : IStartCheck
    {
        public ValueTask CheckAsync(CancellationToken cancellationToken) => throw new DataEngineXException("This host is closed.");
    }

    private sealed class Listener : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            throw new IOException("Failed to bind to address http://127.0.0.1:5000: address already in use.", new SocketException((int)SocketError.AddressAlreadyInUse));

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
