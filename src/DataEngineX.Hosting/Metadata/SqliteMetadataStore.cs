using System.Text;
using System.Text.Json;
using DataEngineX.Hosting.Metadata;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Hosting;

/// <summary>The embedded metadata store: one SQLite file that several processes of one machine may share. Thread-safe.</summary>
/// <remarks>
/// Every change is one transaction that is on the disk when the call returns. Leases expire by the clock given here, which is the
/// system's unless a test says otherwise: a host that replays the past at speed must not lose its leases over it.
/// </remarks>
public sealed partial class SqliteMetadataStore : IMetadataStore, IDisposable
{
    /// <summary>The name of the file below the state folder: <c>metadata.db</c>.</summary>
    public const string FileName = "metadata.db";

    private readonly string _connectionString;
    private readonly TimeProvider _leaseClock;
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Names the file; nothing is opened before <see cref="InitializeAsync"/>.</summary>
    /// <param name="path">The file; its folder is created by <see cref="InitializeAsync"/>.</param>
    /// <param name="leaseClock">The clock by which leases expire. <value>Default: null, the system's clock.</value></param>
    public SqliteMetadataStore(string path, TimeProvider? leaseClock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _leaseClock = leaseClock ?? TimeProvider.System;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = 30,
            Pooling = true,
        }.ToString();
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    /// <exception cref="DataEngineXException">The file or its folder cannot be written, or a newer version wrote it.</exception>
    public ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataEngineXException($"The folder of the metadata store '{Path}' cannot be created: {e.Message}", e);
        }

        return new ValueTask(WriteAsync(
            connection =>
            {
                SqliteSchema.Migrate(connection, Path);
                return true;
            },
            cancellationToken).AsTask());
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveRunAsync(RunRecord run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var record = JsonSerializer.Serialize(run with { Verdicts = [] }, MetadataJson.Default.RunRecord);
        var verdicts = run.Verdicts.Count == 0 ? null : JsonSerializer.Serialize(run.Verdicts, MetadataJson.Default.Verdicts);
        return WriteAsync(
            connection => Execute(
                connection,
                """
                INSERT INTO runs (id, pipeline, state, record, verdicts) VALUES ($id, $pipeline, $state, $record, $verdicts)
                ON CONFLICT (id) DO UPDATE SET pipeline = $pipeline, state = $state, record = $record, verdicts = $verdicts WHERE state = $running
                """,
                ("$id", run.Id),
                ("$pipeline", run.Pipeline),
                ("$state", (int)run.State),
                ("$record", record),
                ("$verdicts", verdicts),
                ("$running", (int)RunState.Running)) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RunRecord?> GetRunAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return ReadAsync(
            connection =>
            {
                using var command = Command(connection, "SELECT record, verdicts FROM runs WHERE id = $id", ("$id", id));
                using var reader = command.ExecuteReader();
                if (!reader.Read())
                    return null;
                var run = JsonSerializer.Deserialize(reader.GetString(0), MetadataJson.Default.RunRecord)!;
                return reader.IsDBNull(1)
                    ? run
                    : run with { Verdicts = JsonSerializer.Deserialize(reader.GetString(1), MetadataJson.Default.Verdicts)! };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        var sql = new StringBuilder("SELECT record FROM runs WHERE 1 = 1");
        if (query.Pipeline is not null)
            sql.Append(" AND pipeline = $pipeline");
        if (query.State is not null)
            sql.Append(" AND state = $state");
        if (query.Before is not null)
            sql.Append(" AND id < $before");
        sql.Append(" ORDER BY id DESC LIMIT $limit");
        return ReadAsync(
            IReadOnlyList<RunRecord> (connection) =>
            {
                using var command = Command(
                    connection,
                    sql.ToString(),
                    ("$pipeline", query.Pipeline),
                    ("$state", (int?)query.State),
                    ("$before", query.Before),
                    ("$limit", query.Limit));
                using var reader = command.ExecuteReader();
                var page = new List<RunRecord>();
                while (reader.Read())
                    page.Add(JsonSerializer.Deserialize(reader.GetString(0), MetadataJson.Default.RunRecord)!);
                return page;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask SaveEvidenceAsync(DatasetEvidence evidence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        long? version = long.TryParse(evidence.Version, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        var record = JsonSerializer.Serialize(evidence, MetadataJson.Default.DatasetEvidence);

        // Two runs may save out of order. A table that was made anew counts from 0 again, but by a later run.
        return new ValueTask(WriteAsync(
            connection => Execute(
                connection,
                """
                INSERT INTO evidence (dataset, version, run_id, record) VALUES ($dataset, $version, $run, $record)
                ON CONFLICT (dataset) DO UPDATE SET version = $version, run_id = $run, record = $record
                WHERE version IS NULL OR $version IS NULL OR $version >= version OR $run >= run_id
                """,
                ("$dataset", evidence.Dataset.ToString()),
                ("$version", version),
                ("$run", evidence.RunId),
                ("$record", record)),
            cancellationToken).AsTask());
    }

    /// <inheritdoc/>
    public ValueTask<DatasetEvidence?> GetEvidenceAsync(DatasetId dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return ReadAsync(
            connection =>
            {
                using var command = Command(
                    connection, "SELECT record FROM evidence WHERE dataset = $dataset", ("$dataset", dataset.ToString()));
                return command.ExecuteScalar() is string record
                    ? JsonSerializer.Deserialize(record, MetadataJson.Default.DatasetEvidence)
                    : null;
            },
            cancellationToken);
    }

    /// <summary>Closes the connections kept open.</summary>
    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(connection);
        _writing.Dispose();
    }
}
