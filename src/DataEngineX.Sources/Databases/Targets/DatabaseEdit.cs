using System.Globalization;
using System.Text;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>
/// What the dispositions mean in a table of a database: the staged rows are brought in by statements over sets, inside the transaction of the commit. A row
/// that stays is never written, and one that changes is updated in its place, so that identities and whoever refers to them are kept.
/// </summary>
internal sealed partial class DatabaseEdit(DatabaseWrite write, TargetSession session, StagedTable rows, StagedTable? keys, CommitRecord record)
{
    private readonly StringBuilder _explain = new();

    private DatabaseDialect Dialect => session.Dialect;

    private string Table => Dialect.QuoteTable(write.Target.Table);

    private string Row => Q(StagedBatch.RowColumn);

    private IReadOnlyList<string> Columns => [.. write.Flow.FieldsList.Select(f => f.Name)];

    private IReadOnlyList<string> Key => write.Target.KeyColumns;

    internal async ValueTask<CommitResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var result = write.Disposition switch
        {
            WriteDisposition.Append => await AppendAsync(cancellationToken).ConfigureAwait(false),
            WriteDisposition.Replace => await ReplaceAsync(cancellationToken).ConfigureAwait(false),
            WriteDisposition.Upsert => await UpsertAsync(cancellationToken).ConfigureAwait(false),
            WriteDisposition.InsertOnly => await InsertOnlyAsync(cancellationToken).ConfigureAwait(false),
            WriteDisposition.DeleteInsert or WriteDisposition.ReplacePartition => await DeleteInsertAsync(cancellationToken).ConfigureAwait(false),
            WriteDisposition.History => await HistoryAsync(cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"There is no {write.Disposition} into databases."),
        };
        return result with { Explain = _explain.ToString() };
    }

    private async ValueTask<CommitResult> AppendAsync(CancellationToken cancellationToken) =>
        new() { Version = "", Inserted = await InsertAllAsync(cancellationToken).ConfigureAwait(false) };

    private async ValueTask<CommitResult> ReplaceAsync(CancellationToken cancellationToken)
    {
        var values = new List<object?>();
        var conditions = new List<string>();
        if (keys is not null)
        {
            var columns = keys.Schema.FieldsList.Select(f => f.Name).ToList();
            await DemandKeysAsync(keys, columns, cancellationToken).ConfigureAwait(false);
            conditions.Add($"EXISTS (SELECT 1 FROM {keys.Quoted} AS k WHERE {keys.Match("t.", "k.", columns)})");
        }

        if (write.Where is { } where)
        {
            await DemandWhereAsync(where, cancellationToken).ConfigureAwait(false);
            conditions.Add(SqlConditions.Write(where, Dialect, "t.", values));
        }

        var deleted = await DoAsync("delete", $"DELETE FROM {Table} AS t{(conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions))}", cancellationToken, values).ConfigureAwait(false);
        return new() { Version = "", Deleted = deleted, Inserted = await InsertAllAsync(cancellationToken).ConfigureAwait(false) };
    }

    private async ValueTask<CommitResult> DeleteInsertAsync(CancellationToken cancellationToken)
    {
        var deleted = await DoAsync(
            "delete", $"DELETE FROM {Table} AS t WHERE EXISTS (SELECT 1 FROM {rows.Quoted} AS s WHERE {rows.Match("t.", "s.", Key)})", cancellationToken).ConfigureAwait(false);
        return new() { Version = "", Deleted = deleted, Inserted = await InsertAllAsync(cancellationToken).ConfigureAwait(false) };
    }

    private async ValueTask<CommitResult> UpsertAsync(CancellationToken cancellationToken)
    {
        var order = write.Sequence is { } sequence ? $"{Q(sequence)} DESC NULLS LAST, {Row} DESC" : $"{Row} DESC";
        var deduplicated = await DeduplicateAsync(Key, order, cancellationToken).ConfigureAwait(false);
        var partners = await PartnersAsync(cancellationToken).ConfigureAwait(false);
        var deleted = partners.Rows > partners.Keys ? await DropSurplusAsync(cancellationToken).ConfigureAwait(false) : 0;
        var others = Columns.Except(Key, StringComparer.Ordinal).ToList();
        var updated = partners.Rows == 0 || others.Count == 0 ? 0 : await DoAsync("update", UpdateSql(others), cancellationToken).ConfigureAwait(false);
        var inserted = await InsertNewAsync(cancellationToken).ConfigureAwait(false);
        return new() { Version = "", Inserted = inserted, Updated = updated, Deduplicated = deduplicated, Deleted = deleted, Unchanged = rows.Count - deduplicated - inserted - updated };
    }

    private async ValueTask<CommitResult> InsertOnlyAsync(CancellationToken cancellationToken)
    {
        var deduplicated = await DeduplicateAsync(Key, Row, cancellationToken).ConfigureAwait(false);
        await PartnersAsync(cancellationToken).ConfigureAwait(false);
        var inserted = await InsertNewAsync(cancellationToken).ConfigureAwait(false);
        return new() { Version = "", Inserted = inserted, Deduplicated = deduplicated, Unchanged = rows.Count - deduplicated - inserted };
    }

    private string UpdateSql(List<string> columns)
    {
        var differs = string.Join(" OR ", columns.Select(c => Dialect.AreSame("t." + Q(c), "s." + Q(c), not: true)));
        var newer = write.Sequence is not { } sequence ? "" : $" AND NOT COALESCE(t.{Q(sequence)} > s.{Q(sequence)}, t.{Q(sequence)} IS NOT NULL AND s.{Q(sequence)} IS NULL)";
        return $"UPDATE {Table} AS t SET {string.Join(", ", columns.Select(c => $"{Q(c)} = s.{Q(c)}"))} FROM {rows.Quoted} AS s WHERE {rows.Match("t.", "s.", Key)} AND ({differs}){newer}";
    }

    /// <summary>Takes the staged rows away of which another one of their key goes before.</summary>
    private async ValueTask<long> DeduplicateAsync(IReadOnlyList<string> key, string order, CancellationToken cancellationToken)
    {
        var several = await session.FirstRowAsync($"SELECT 1 FROM {rows.Quoted} GROUP BY {Names(key)} HAVING count(*) > 1 LIMIT 1", cancellationToken).ConfigureAwait(false);
        return several is null ? 0 : await DoAsync(
            "deduplicate",
            $"DELETE FROM {rows.Quoted} WHERE {Row} IN (SELECT r FROM (SELECT {Row} AS r, row_number() OVER (PARTITION BY {Names(key)} ORDER BY {order}) AS n FROM {rows.Quoted}) AS x WHERE n > 1)",
            cancellationToken).ConfigureAwait(false);
    }

    private string Partners => Q(rows.Name + "_p");

    /// <summary>Notes which staged rows have rows of their key in the table, and how many.</summary>
    private async ValueTask<(long Keys, long Rows)> PartnersAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"CREATE TEMPORARY TABLE {Partners} (r bigint PRIMARY KEY, c bigint NOT NULL)", cancellationToken).ConfigureAwait(false);
        var found = await DoAsync(
            "find",
            $"INSERT INTO {Partners} (r, c) SELECT s.{Row}, count(*) FROM {Table} AS t JOIN {rows.Quoted} AS s ON {rows.Match("t.", "s.", Key)} GROUP BY s.{Row}",
            cancellationToken).ConfigureAwait(false);
        return (found, await session.CountAsync($"SELECT coalesce(sum(c), 0) FROM {Partners}", cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A table without a unique key may hold several rows of one: the first stays.</summary>
    private ValueTask<long> DropSurplusAsync(CancellationToken cancellationToken) => DoAsync(
        "delete",
        $"DELETE FROM {Table} WHERE {Dialect.RowId} IN (SELECT r FROM (SELECT t.{Dialect.RowId} AS r, row_number() OVER (PARTITION BY s.{Row} ORDER BY t.{Dialect.RowId}) AS n "
        + $"FROM {Table} AS t JOIN {rows.Quoted} AS s ON {rows.Match("t.", "s.", Key)}) AS x WHERE n > 1)",
        cancellationToken);

    private ValueTask<long> InsertNewAsync(CancellationToken cancellationToken) => DoAsync(
        "insert",
        $"INSERT INTO {Table} ({Names(Columns)}) SELECT {Names(Columns, "s.")} FROM {rows.Quoted} AS s WHERE NOT EXISTS (SELECT 1 FROM {Partners} AS p WHERE p.r = s.{Row}) ORDER BY s.{Row}",
        cancellationToken);

    private ValueTask<long> InsertAllAsync(CancellationToken cancellationToken) => DoAsync(
        "insert", $"INSERT INTO {Table} ({Names(Columns)}) SELECT {Names(Columns)} FROM {rows.Quoted} ORDER BY {Row}", cancellationToken);

    /// <summary>Every row must have one of the keys whose rows are replaced; else it would stay when they are replaced again.</summary>
    private async ValueTask DemandKeysAsync(StagedTable keys, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var stranger = await session.FirstRowAsync(
            $"SELECT s.{Row}, {Names(columns, "s.")} FROM {rows.Quoted} AS s WHERE NOT EXISTS (SELECT 1 FROM {keys.Quoted} AS k WHERE {string.Join(" AND ", columns.Select(c => Dialect.AreSame($"s.{Q(c)}", $"k.{Q(c)}")))}) ORDER BY s.{Row} LIMIT 1",
            cancellationToken).ConfigureAwait(false);
        if (stranger is not null)
            throw new DataEngineXException($"{write.Dataset}: only rows of the keys that are replaced may be written, but row {Text(stranger[0])} of the write has {Values(columns, stranger.AsSpan(1))}.");
    }

    private async ValueTask DemandWhereAsync(Expr where, CancellationToken cancellationToken)
    {
        var values = new List<object?>();
        var columns = ColumnsOf(where).Distinct(StringComparer.Ordinal).ToList();
        var stranger = await session.FirstRowAsync(
            $"SELECT {string.Join(", ", columns.Select(Q).Prepend(Row))} FROM {rows.Quoted} WHERE NOT COALESCE({SqlConditions.Write(where, Dialect, "", values)}, FALSE) ORDER BY {Row} LIMIT 1",
            cancellationToken, values).ConfigureAwait(false);
        if (stranger is not null)
            throw new DataEngineXException($"{write.Dataset}: only rows may be written for which {where.Canonical} is true, but row {Text(stranger[0])} of the write has {Values(columns, stranger.AsSpan(1))}.");
    }

    private static IEnumerable<string> ColumnsOf(Expr expr) => expr is ColumnExpr column ? [column.Name] : expr.Children.SelectMany(ColumnsOf);

    private static string Values(IReadOnlyList<string> columns, ReadOnlySpan<object?> values)
    {
        var texts = new List<string>();
        for (var i = 0; i < columns.Count; i++)
            texts.Add($"{columns[i]} = {Text(values[i])}");
        return string.Join(", ", texts);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null";

    private string Q(string name) => Dialect.Names.Quote(name);

    private string Names(IEnumerable<string> columns, string before = "") => string.Join(", ", columns.Select(c => before + Q(c)));

    /// <summary>Does a statement and notes it for whoever asks what the run did.</summary>
    private async ValueTask<long> DoAsync(string what, string sql, CancellationToken cancellationToken, IReadOnlyList<object?>? values = null)
    {
        var count = await session.ExecuteAsync(sql, cancellationToken, values).ConfigureAwait(false);
        _explain.Append(CultureInfo.InvariantCulture, $"{what} in {write.Dataset}: {Math.Max(count, 0):N0} rows\n");
        return count;
    }
}
