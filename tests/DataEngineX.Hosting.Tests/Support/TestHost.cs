using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Hosting.Tests.Support;

/// <summary>A real generic host over a folder, whose SQLite file outlives it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IHost _host;
    private bool _disposed;

    public TestHost(
        TempFolder folder,
        Action<IDataEngineXBuilder> configure,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        TimeSpan? shutdown = null,
        params (string Key, string Value)[] configuration)
    {
        Clock = clock as FakeTimeProvider ?? new FakeTimeProvider(Noon);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration[StateFolder.ConfigurationKey] = folder.Root;
        foreach (var (key, value) in configuration)
            builder.Configuration[key] = value;
        builder.Logging.AddProvider(Logs);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IVerbOutput>(Output);
        builder.Services.AddSingleton<ITableCatalog>(Tables);
        builder.Services.AddSingleton<IObjectStore>(_ => new InMemoryObjectStore());
        services?.Invoke(builder.Services);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = shutdown ?? TimeSpan.FromSeconds(20));
        builder.Services.AddDataEngineX(configure);
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; }

    public TextOutput Output { get; } = new();

    public TestTables Tables { get; } = new();

    public TestLogs Logs { get; } = new();

    public IServiceProvider Services => _host.Services;

    public IMetadataStore Metadata => Get<IMetadataStore>();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task<TestHost> StartedAsync()
    {
        await _host.StartAsync();
        return this;
    }

    public Task StopAsync() => _host.StopAsync();

    public Task<int> RunAsync(params string[] args)
    {
        _disposed = true;
        return _host.RunDataEngineXAsync(args);
    }

    public async Task<IReadOnlyList<RunRecord>> RunsAsync(string? pipeline = null, RunState? state = null) =>
        await Metadata.ListRunsAsync(new RunQuery { Pipeline = pipeline, State = state, Limit = 10_000 });

    public Task<IReadOnlyList<RunRecord>> UntilRunsAsync(int count, string? pipeline = null, RunState? state = null) =>
        Until.AsyncIs(() => RunsAsync(pipeline, state), runs => runs.Count(r => r.State != RunState.Running) >= count);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
