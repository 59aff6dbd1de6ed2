namespace DataEngineX;

/// <summary>What a host remembers beside its tables: runs, leases, slots, evidence and small values. SQLite embedded; adapters take over.</summary>
public interface IMetadataStore
{
    /// <summary>Prepares the store, migrations included. Safe to call again and from several hosts at once.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a run, or replaces the record with the same id. A run that has ended keeps its first final state.</summary>
    /// <param name="run">The record.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when the run had ended already and the record was not taken.</returns>
    ValueTask<bool> SaveRunAsync(RunRecord run, CancellationToken cancellationToken = default);

    /// <summary>A run with its verdicts, or null.</summary>
    /// <param name="id">The run id.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<RunRecord?> GetRunAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Runs, newest first, without verdicts.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>Takes a lease that nobody else holds, with a fencing token greater than all before.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="duration">How long it holds without renewal.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The lease, or null while another holds it.</returns>
    ValueTask<Lease?> TryAcquireLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Extends a lease.</summary>
    /// <param name="lease">The lease held.</param>
    /// <param name="duration">How long it holds from now.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when it was taken over.</returns>
    ValueTask<bool> RenewLeaseAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back; a lease taken over is left alone.</summary>
    /// <param name="lease">The lease held.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask ReleaseLeaseAsync(Lease lease, CancellationToken cancellationToken = default);

    /// <summary>Claims a slot: an instant a schedule fires for. Exactly one claimant wins.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="instant">The instant.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>True for the winner.</returns>
    ValueTask<bool> TryClaimSlotAsync(string schedule, DateTimeOffset instant, string owner, CancellationToken cancellationToken = default);

    /// <summary>The newest slot claimed of a schedule, or null.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<DateTimeOffset?> GetLastSlotAsync(string schedule, CancellationToken cancellationToken = default);

    /// <summary>Keeps the full verdicts and lineage of what a run published.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask SaveEvidenceAsync(DatasetEvidence evidence, CancellationToken cancellationToken = default);

    /// <summary>The evidence of the newest version of a dataset, or null.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<DatasetEvidence?> GetEvidenceAsync(DatasetId dataset, CancellationToken cancellationToken = default);

    /// <summary>Reads a small value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<string?> GetValueAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Sets a small value if it still is what the caller saw.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value; null removes it.</param>
    /// <param name="expected">The value seen; null when there was none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when another writer came first.</returns>
    ValueTask<bool> TrySetValueAsync(string key, string? value, string? expected, CancellationToken cancellationToken = default);
}
