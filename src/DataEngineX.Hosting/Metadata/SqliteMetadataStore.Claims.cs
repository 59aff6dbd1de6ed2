namespace DataEngineX.Hosting;

// Leases, slots and small values: each call is one statement, so that SQLite's write lock decides every race.
public sealed partial class SqliteMetadataStore
{
    /// <inheritdoc/>
    public ValueTask<Lease?> TryAcquireLeaseAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return WriteAsync<Lease?>(
            connection =>
            {
                var now = _leaseClock.GetUtcNow();
                var expires = now + duration;

                // The row stays when a lease ends, so that its token goes on growing.
                using var command = Command(
                    connection,
                    """
                    INSERT INTO leases (name, owner, token, expires_at) VALUES ($name, $owner, 1, $expires)
                    ON CONFLICT (name) DO UPDATE SET owner = $owner, token = token + 1, expires_at = $expires
                    WHERE owner IS NULL OR expires_at <= $now
                    RETURNING token
                    """,
                    ("$name", name),
                    ("$owner", owner),
                    ("$expires", expires.UtcTicks),
                    ("$now", now.UtcTicks));
                return command.ExecuteScalar() is long token ? new Lease(name, owner, token, expires) : null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewLeaseAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return WriteAsync(
            connection => Execute(
                connection,
                "UPDATE leases SET expires_at = $expires WHERE name = $name AND token = $token AND owner IS NOT NULL",
                ("$name", lease.Name),
                ("$token", lease.Token),
                ("$expires", (_leaseClock.GetUtcNow() + duration).UtcTicks)) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ReleaseLeaseAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return new ValueTask(WriteAsync(
            connection => Execute(
                connection,
                "UPDATE leases SET owner = NULL, expires_at = 0 WHERE name = $name AND token = $token",
                ("$name", lease.Name),
                ("$token", lease.Token)),
            cancellationToken).AsTask());
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryClaimSlotAsync(
        string schedule, DateTimeOffset instant, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(schedule);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return WriteAsync(
            connection => Execute(
                connection,
                "INSERT INTO slots (schedule, instant, owner) VALUES ($schedule, $instant, $owner) ON CONFLICT DO NOTHING",
                ("$schedule", schedule),
                ("$instant", instant.UtcTicks),
                ("$owner", owner)) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> GetLastSlotAsync(string schedule, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(schedule);
        return ReadAsync<DateTimeOffset?>(
            connection =>
            {
                using var command = Command(connection, "SELECT max(instant) FROM slots WHERE schedule = $schedule", ("$schedule", schedule));
                return command.ExecuteScalar() is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return ReadAsync(
            connection =>
            {
                using var command = Command(connection, "SELECT content FROM small_values WHERE name = $name", ("$name", key));
                return command.ExecuteScalar() as string;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySetValueAsync(string key, string? value, string? expected, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return WriteAsync(
            connection => (value, expected) switch
            {
                (null, null) => !Exists(connection, key),
                (null, _) => Execute(
                    connection,
                    "DELETE FROM small_values WHERE name = $name AND content = $expected",
                    ("$name", key),
                    ("$expected", expected)) == 1,
                (_, null) => Execute(
                    connection,
                    "INSERT INTO small_values (name, content) VALUES ($name, $value) ON CONFLICT DO NOTHING",
                    ("$name", key),
                    ("$value", value)) == 1,
                _ => Execute(
                    connection,
                    "UPDATE small_values SET content = $value WHERE name = $name AND content = $expected",
                    ("$name", key),
                    ("$value", value),
                    ("$expected", expected)) == 1,
            },
            cancellationToken);
    }
}
