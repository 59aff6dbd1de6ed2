using System.Diagnostics.CodeAnalysis;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Testing;

/// <summary>
/// A whole lakehouse in memory for tests: object store, Delta tables, metadata, a clock that tests move, and the real runner. A run that
/// leaves memory held fails the test.
/// </summary>
public sealed class InMemoryLakehouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StatisticsRecorder _statistics = new();

    /// <summary>Creates a lakehouse with pipelines.</summary>
    /// <param name="configure">Adds pipelines and whatever they need.</param>
    /// <param name="state">The objects, metadata and clock of an earlier lakehouse, as a restarted process would find them. <value>Default: null, empty.</value></param>
    /// <param name="failpoints">Where runs fail. <value>Default: null, nowhere.</value></param>
    public InMemoryLakehouse(Action<IDataEngineXBuilder> configure, InMemoryState? state = null, IFailpoints? failpoints = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        State = state ?? new InMemoryState();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(State.Clock);
        services.AddSingleton(State.Clock);
        services.AddSingleton<IObjectStore>(State.Objects);
        services.AddSingleton(State.Metadata);
        services.AddSingleton(failpoints ?? NoFailpoints.Instance);
        services.AddSingleton<ITableCatalog>(p => new DeltaTableCatalog(
            p.GetRequiredService<IObjectStore>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<IFailpoints>(), p.GetService<EngineOptions>()));
        services.AddSingleton<IRunStatisticsObserver>(_statistics);
        var builder = new Builder(services);
        configure(builder);
        builder.AddEngine();
        _services = services.BuildServiceProvider();
    }

    /// <summary>What survives a restart.</summary>
    public InMemoryState State { get; }

    /// <summary>The services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The clock; it moves only when told.</summary>
    public FakeTimeProvider Clock => State.Clock;

    /// <summary>The tables.</summary>
    public ITableCatalog Tables => _services.GetRequiredService<ITableCatalog>();

    /// <summary>Reads flows.</summary>
    public FlowReader Reader => _services.GetRequiredService<FlowReader>();

    /// <summary>What each run cost, in order.</summary>
    public IReadOnlyList<RunStatistics> Statistics => _statistics.All;

    /// <summary>Runs a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Asks the run to stop.</param>
    /// <returns>The record of the ended run, whatever its state.</returns>
    /// <exception cref="MemoryLeakException">The run left memory held.</exception>
    public async Task<RunRecord> RunAsync(string pipeline, CancellationToken cancellationToken = default)
    {
        var run = await _services.GetRequiredService<IPipelineRunner>()
            .RunAsync(new RunRequest(pipeline), null, cancellationToken).ConfigureAwait(false);
        var cost = _statistics.All[^1];
        return cost.LeakedBytes == 0 ? run : throw new MemoryLeakException(cost);
    }

    /// <summary>All rows of a table; none when it does not exist.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<IReadOnlyList<T>> ReadAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        Layer layer, string name, CancellationToken cancellationToken = default) =>
        await Tables.FindAsync(DatasetId.Table(layer, name), cancellationToken).ConfigureAwait(false) is null
            ? []
            : await Reader.ToListAsync(Flow.Table<T>(layer, name), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed record Builder(IServiceCollection Services) : IDataEngineXBuilder;

    private sealed class StatisticsRecorder : IRunStatisticsObserver
    {
        private readonly Lock _lock = new();
        private readonly List<RunStatistics> _all = [];

        public IReadOnlyList<RunStatistics> All
        {
            get
            {
                lock (_lock)
                    return [.. _all];
            }
        }

        public void RunCompleted(RunStatistics statistics)
        {
            lock (_lock)
                _all.Add(statistics);
        }
    }
}
