using System.Collections.Concurrent;
using System.Threading.Channels;
using DataEngineX.Hosting.Running;
using DataEngineX.Quality;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Profiles;

/// <summary>Profiles a table after a run has published a version of it, one at a time and never in a run's way.</summary>
/// <remarks>A table whose versions follow each other faster than it is profiled skips some: what is told is always a whole version.</remarks>
internal sealed class TableProfiler(
    ProfiledLayers layers, ITableCatalog tables, IObjectStore store, TimeProvider clock, ILogger<TableProfiler> logger)
    : BackgroundService, IRunObserver, IProfileCatalog
{
    private const int QueueLength = 256;

    private readonly Channel<DatasetId> _published = Channel.CreateBounded<DatasetId>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = false });

    private readonly ConcurrentDictionary<DatasetId, DatasetProfile> _kept = new();

    public void RunStarted(RunRecord run)
    {
    }

    public void RunFinished(RunRecord run, DatasetLineage? lineage)
    {
        if (run is { Published: true, Target: { Layer: { } layer } target } && layers.Layers.Contains(layer))
            _published.Writer.TryWrite(target);
    }

    public async ValueTask<DatasetProfile?> FindAsync(DatasetId dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (_kept.TryGetValue(dataset, out var kept))
            return kept;
        if (dataset.Layer is null || !DatasetId.IsTableName(dataset.Name) || await ReadAsync(dataset, cancellationToken).ConfigureAwait(false) is not { } read)
            return null;
        return _kept.GetOrAdd(dataset, read);
    }

    /// <summary>Profiles what waits now; for processes that end without having started the host.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var waiting = new HashSet<DatasetId>();
        while (_published.Reader.TryRead(out var dataset))
            waiting.Add(dataset);
        foreach (var dataset in waiting)
            await KeepAsync(dataset, cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Supervisor.KeepAsync("profiles", LoopAsync, onFault: null, logger, stoppingToken);

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        // What was published when no host was there to see it.
        await foreach (var dataset in tables.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (dataset.Layer is { } layer && layers.Layers.Contains(layer))
                _published.Writer.TryWrite(dataset);
        }

        while (await _published.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask KeepAsync(DatasetId dataset, CancellationToken cancellationToken)
    {
        try
        {
            if (await tables.FindAsync(dataset, cancellationToken).ConfigureAwait(false) is not { } table)
                return;
            var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            if (await FindAsync(dataset, cancellationToken).ConfigureAwait(false) is { } known && known.Version >= snapshot.Version)
                return;

            // One thread: a profile is never more urgent than the next run.
            var options = new ProfileOptions { Parallelism = 1 };
            var profile = await Profiler.ProfileAsync(table, snapshot.Version, options, clock, cancellationToken: cancellationToken).ConfigureAwait(false);
            var kept = new DatasetProfile(dataset, snapshot.Version, profile);
            await store.PutAsync(ProfileFile.KeyOf(dataset), ProfileFile.Write(kept), cancellationToken).ConfigureAwait(false);
            _kept[dataset] = kept;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One table that cannot be profiled must not keep the others from it, and never fails a run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.NotProfiled(logger, dataset.ToString(), e);
        }
    }

    private async ValueTask<DatasetProfile?> ReadAsync(DatasetId dataset, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await store.OpenReadAsync(ProfileFile.KeyOf(dataset), cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var content = new byte[stream.Length];
                await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
                return ProfileFile.Read(dataset, content);
            }
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            // Of an older form: the next run makes a new one.
            Log.NotProfiled(logger, dataset.ToString(), e);
            return null;
        }
    }
}
