using System.Collections.Concurrent;
using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>
/// Loads model versions from a registry and hands out their scorers. Versions are loaded once; an alias is looked up again after
/// <see cref="RefreshInterval"/>, and when it moved its scorer is swapped at once: callers with a handle finish on the old one, which is
/// disposed when the last of them is done. A version that cannot be loaded does not replace one that serves. Thread-safe.
/// </summary>
public sealed class ScorerProvider : IScorerProvider, IDisposable
{
    private const int MaxPinnedVersions = 8;
    private readonly IModelRegistry _registry;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Name, string Version), ScorerSlot> _slots = new();
    private volatile bool _disposed;

    /// <summary>Prepares a provider; nothing is loaded yet.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="clock">The host's clock; the system's when <see langword="null"/>.</param>
    /// <param name="refreshInterval">How long an alias is trusted before it is looked up again. <value>Default: 1 second.</value></param>
    public ScorerProvider(IModelRegistry registry, TimeProvider? clock = null, TimeSpan? refreshInterval = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
        _clock = clock ?? TimeProvider.System;
        RefreshInterval = refreshInterval ?? TimeSpan.FromSeconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RefreshInterval, TimeSpan.Zero, nameof(refreshInterval));
    }

    /// <summary>How long an alias is trusted before it is looked up again.</summary>
    public TimeSpan RefreshInterval { get; }

    /// <summary>Why the newest version of an alias could not be loaded while an older one goes on serving, or null.</summary>
    /// <param name="name">The model.</param>
    /// <param name="alias">The alias.</param>
    /// <returns>The error.</returns>
    public Exception? FindFailure(string name, string alias = ModelAliases.Champion)
        => _slots.TryGetValue((name, alias), out var slot) ? slot.Failure : null;

    /// <inheritdoc/>
    public async ValueTask<ScorerHandle?> FindAsync(
        string name, string versionOrAlias = ModelAliases.Champion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(versionOrAlias);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var isAlias = ModelNames.IsAlias(versionOrAlias);
        if (!DatasetId.IsTableName(name) || (!isAlias && !ModelNames.TryVersion(versionOrAlias, out _)))
            return null;
        var key = (name, versionOrAlias);
        if (!_slots.TryGetValue(key, out var slot))
        {
            var refresh = isAlias ? RefreshInterval : TimeSpan.MaxValue;
            slot = _slots.GetOrAdd(key, k => new ScorerSlot(_registry, _clock, k.Name, k.Version, refresh));
        }

        var handle = await slot.AcquireAsync(cancellationToken).ConfigureAwait(false);
        if (handle is null)
            Forget(key, slot);
        else if (!isAlias)
            EvictPinned(key);
        return handle;
    }

    /// <summary>Lets go of all scorers; those in use live until their handles are disposed.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var (key, slot) in _slots)
            Forget(key, slot);
    }

    // A name that leads nowhere must not be remembered: callers choose names.
    private void Forget((string Name, string Version) key, ScorerSlot slot)
    {
        if (_slots.TryRemove(KeyValuePair.Create(key, slot)))
            slot.Dispose();
    }

    private void EvictPinned((string Name, string Version) keep)
    {
        var pinned = _slots.Where(s => !ModelNames.IsAlias(s.Key.Version)).ToArray();
        if (pinned.Length <= MaxPinnedVersions)
            return;
        var oldest = pinned.Where(s => s.Key != keep).MinBy(s => s.Value.UsedAt);
        Forget(oldest.Key, oldest.Value);
    }
}
