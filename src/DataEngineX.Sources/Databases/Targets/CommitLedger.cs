using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.Sources;

/// <summary>The table in which the commits of pipelines are recorded, beside the tables that they write and in the same transactions.</summary>
internal sealed partial class CommitLedger(TargetSession session, DatasetId dataset, string table)
{
    /// <summary>The name of the table, in the schema of the table written.</summary>
    internal const string Name = "dataenginex_commits";

    private const string Columns = "run_key, run_id, fingerprint, sequence, fencing_token, cursor, identities, version, committed_at";

    private readonly string _table = table.LastIndexOf('.') is var point and > 0 ? $"{table[..point]}.{Name}" : Name;

    private string Quoted => session.Dialect.QuoteTable(_table);

    /// <summary>Makes the table; of two that find none one waits for the other.</summary>
    internal async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken).ConfigureAwait(false))
            return;
        foreach (var sql in session.Dialect.LockSql(_table, exists: false))
            await session.ExecuteAsync(sql, cancellationToken).ConfigureAwait(false);
        if (await ExistsAsync(cancellationToken).ConfigureAwait(false))
            return;
        await session.ExecuteAsync(
            $"CREATE TABLE {Quoted} (pipeline varchar(400) NOT NULL, target varchar(400) NOT NULL, run_key varchar(400) NOT NULL, run_id varchar(400) NOT NULL, fingerprint varchar(400), "
            + "sequence bigint NOT NULL, fencing_token bigint NOT NULL, cursor text NOT NULL, identities text NOT NULL, version bigint NOT NULL, committed_at varchar(40) NOT NULL, PRIMARY KEY (pipeline, target))",
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last commit of a pipeline and the version it made, or null.</summary>
    internal async ValueTask<(CommitRecord Record, long Version)?> FindAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
            return null;
        var row = await session.FirstRowAsync(
            $"SELECT {Columns} FROM {Quoted} WHERE pipeline = @p0 AND target = @p1", cancellationToken, [pipeline, table]).ConfigureAwait(false);
        return row is null ? null : (RecordOf(pipeline, row), Number(row[7]));
    }

    /// <summary>Puts a commit in the place of the last one of its pipeline.</summary>
    /// <returns>The version of the table.</returns>
    internal async ValueTask<long> PutAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        var newest = await session.FirstRowAsync($"SELECT max(version) FROM {Quoted} WHERE target = @p0", cancellationToken, [table]).ConfigureAwait(false);
        var version = (newest?[0] is { } last ? Number(last) : 0) + 1;
        await session.ExecuteAsync($"DELETE FROM {Quoted} WHERE pipeline = @p0 AND target = @p1", cancellationToken, [record.Pipeline, table]).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"INSERT INTO {Quoted} (pipeline, target, {Columns}) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10)", cancellationToken,
            [
                record.Pipeline, table, record.RunKey, record.RunId, record.Fingerprint, record.Sequence, record.FencingToken,
                Write(record.Cursor.Positions), Write(record.Cursor.Identities),
                version, record.Timestamp.ToString("O", CultureInfo.InvariantCulture),
            ]).ConfigureAwait(false);
        return version;
    }

    private async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) =>
        await session.FirstRowAsync(session.Dialect.ExistsSql(_table), cancellationToken).ConfigureAwait(false) is not null;

    private CommitRecord RecordOf(string pipeline, object?[] row)
    {
        try
        {
            return new CommitRecord
            {
                Pipeline = pipeline,
                Target = dataset,
                RunKey = (string)row[0]!,
                RunId = (string)row[1]!,
                Fingerprint = (string?)row[2],
                Sequence = Number(row[3]),
                FencingToken = Number(row[4]),
                Cursor = new Cursor(Read(row[5])) { Identities = Read(row[6]) },
                Timestamp = DateTimeOffset.Parse((string)row[8]!, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidCastException)
        {
            throw new DataEngineXException($"{dataset}: the record of pipeline '{pipeline}' in {_table} is damaged: {e.Message}", e);
        }
    }

    private static string Write(IReadOnlyDictionary<string, string> texts) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(texts.ToDictionary(), StringComparer.Ordinal), Json.Default.SortedDictionaryStringString);

    private static SortedDictionary<string, string> Read(object? json) => JsonSerializer.Deserialize((string)json!, Json.Default.SortedDictionaryStringString)!;

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    [JsonSerializable(typeof(SortedDictionary<string, string>))]
    private sealed partial class Json : JsonSerializerContext;
}
