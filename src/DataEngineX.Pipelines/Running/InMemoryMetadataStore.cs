using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>A metadata store that lives as long as its process: the default outside a host, and in tests. Thread-safe.</summary>
/// <param name="clock">The clock by which leases expire. <value>Default: null, the system's clock.</value></param>
public sealed class InMemoryMetadataStore(TimeProvider? clock = null) : IMetadataStore
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, RunRecord> _runs = new(NewestFirst.Instance);
    private readonly Dictionary<string, Lease> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<long>> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<DatasetId, DatasetEvidence> _evidence = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<bool> SaveRunAsync(RunRecord run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (_lock)
        {
            if (_runs.TryGetValue(run.Id, out var known) && known.State != RunState.Running)
                return ValueTask.FromResult(false);
            _runs[run.Id] = run;
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RunRecord?> GetRunAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_lock)
            return ValueTask.FromResult(_runs.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        lock (_lock)
        {
            IReadOnlyList<RunRecord> page =
            [
                .. _runs.Values
                    .Where(r => query.Before is null || string.CompareOrdinal(r.Id, query.Before) < 0)
                    .Where(r => query.Pipeline is null || string.Equals(r.Pipeline, query.Pipeline, StringComparison.Ordinal))
                    .Where(r => query.State is null || r.State == query.State)
                    .Take(query.Limit)
                    .Select(r => r with { Verdicts = [] }),
            ];
            return ValueTask.FromResult(page);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Lease?> TryAcquireLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            if (_leases.TryGetValue(name, out var held) && held.ExpiresAt > now)
                return ValueTask.FromResult<Lease?>(null);
            var lease = new Lease(name, owner, (held?.Token ?? 0) + 1, now + duration);
            _leases[name] = lease;
            return ValueTask.FromResult<Lease?>(lease);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewLeaseAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        lock (_lock)
        {
            if (!Holds(lease))
                return ValueTask.FromResult(false);
            _leases[lease.Name] = lease with { ExpiresAt = _clock.GetUtcNow() + duration };
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseLeaseAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_lock)
        {
            // The entry stays, so that the token goes on growing.
            if (Holds(lease))
                _leases[lease.Name] = lease with { ExpiresAt = DateTimeOffset.MinValue };
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryClaimSlotAsync(
        string schedule, DateTimeOffset instant, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(schedule);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        lock (_lock)
        {
            if (!_slots.TryGetValue(schedule, out var claimed))
                _slots[schedule] = claimed = [];
            return ValueTask.FromResult(claimed.Add(instant.UtcTicks));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> GetLastSlotAsync(string schedule, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(schedule);
        lock (_lock)
        {
            return ValueTask.FromResult<DateTimeOffset?>(
                _slots.TryGetValue(schedule, out var claimed) ? new DateTimeOffset(claimed.Max(), TimeSpan.Zero) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveEvidenceAsync(DatasetEvidence evidence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        lock (_lock)
        {
            if (!_evidence.TryGetValue(evidence.Dataset, out var known) || !IsOlder(evidence, known))
                _evidence[evidence.Dataset] = evidence;
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask<DatasetEvidence?> GetEvidenceAsync(DatasetId dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        lock (_lock)
            return ValueTask.FromResult(_evidence.GetValueOrDefault(dataset));
    }

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        lock (_lock)
            return ValueTask.FromResult(_values.GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySetValueAsync(string key, string? value, string? expected, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        lock (_lock)
        {
            if (!string.Equals(_values.GetValueOrDefault(key), expected, StringComparison.Ordinal))
                return ValueTask.FromResult(false);
            if (value is null)
                _values.Remove(key);
            else
                _values[key] = value;
            return ValueTask.FromResult(true);
        }
    }

    // A lease that ran out while nobody took it may still be renewed; one given back may not.
    private bool Holds(Lease lease) =>
        _leases.TryGetValue(lease.Name, out var held) && held.Token == lease.Token && held.ExpiresAt != DateTimeOffset.MinValue;

    // Two runs may save out of order. A table that was made anew counts from 0 again, but by a later run.
    private static bool IsOlder(DatasetEvidence saved, DatasetEvidence known) =>
        long.TryParse(saved.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var savedVersion)
        && long.TryParse(known.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var knownVersion)
        && savedVersion < knownVersion && string.CompareOrdinal(saved.RunId, known.RunId) < 0;

    private sealed class NewestFirst : IComparer<string>
    {
        public static NewestFirst Instance { get; } = new();

        public int Compare(string? x, string? y) => string.CompareOrdinal(y, x);
    }
}
