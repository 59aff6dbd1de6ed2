namespace DataEngineX.Sources;

/// <content>The history of keys: all states with the span in which each held.</content>
internal sealed partial class DatabaseEdit
{
    private const string Folded = "$folded";
    private const string Before = "$before.";

    private string From => write.History.ValidFrom;

    private string To => write.History.ValidTo;

    private string IsCurrent => write.History.IsCurrent;

    /// <summary>The columns that make a state what it is.</summary>
    private IReadOnlyList<string> StateColumns => [.. Columns.Except([.. Key, From], StringComparer.Ordinal)];

    private string States => Q(rows.Name + "_h");

    private async ValueTask<CommitResult> HistoryAsync(CancellationToken cancellationToken)
    {
        if (!Columns.Contains(From, StringComparer.Ordinal))
        {
            // Rows without a time hold from the start of the run.
            await session.ExecuteAsync($"ALTER TABLE {rows.Quoted} ADD COLUMN {Q(From)} {Dialect.TypeOf(write.Table.GetFieldByName(From).DataType)!.Sql}", cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync($"UPDATE {rows.Quoted} SET {Q(From)} = @p0", cancellationToken, [Dialect.ValueOf(Micros(record.Timestamp))]).ConfigureAwait(false);
        }

        var deduplicated = await DeduplicateAsync(write.Identity, $"{Row} DESC", cancellationToken).ConfigureAwait(false);
        await DoAsync("order", StatesSql(), cancellationToken).ConfigureAwait(false);
        var same = string.Join(" AND ", write.Identity.Select(c => $"t.{Q(c)} = h.{Q(c)}"));
        var deleted = await DoAsync("delete", $"DELETE FROM {Table} AS t WHERE EXISTS (SELECT 1 FROM {States} AS h WHERE {same} AND h.{Q(Folded)} = 1)", cancellationToken).ConfigureAwait(false);
        var current = $"(h.{Q(To)} IS NULL)";
        var differs = string.Join(" OR ", StateColumns.Append(To).Select(c => Dialect.AreSame("t." + Q(c), "h." + Q(c), not: true)).Append(Dialect.AreSame("t." + Q(IsCurrent), current, not: true)));
        var set = StateColumns.Append(To).Select(c => $"{Q(c)} = h.{Q(c)}").Append($"{Q(IsCurrent)} = {current}");
        var updated = await DoAsync("update", $"UPDATE {Table} AS t SET {string.Join(", ", set)} FROM {States} AS h WHERE {same} AND h.{Q(Folded)} = 0 AND ({differs})", cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> kept = [.. write.Identity, .. StateColumns, To];
        var inserted = await DoAsync(
            "insert",
            $"INSERT INTO {Table} ({Names(kept)}, {Q(IsCurrent)}) SELECT {Names(kept, "h.")}, {current} FROM {States} AS h WHERE h.{Q(Folded)} = 0 AND NOT EXISTS (SELECT 1 FROM {Table} AS t WHERE {same}) "
            + $"ORDER BY {Names(write.Identity, "h.")}",
            cancellationToken).ConfigureAwait(false);
        return new() { Version = "", Inserted = inserted, Updated = updated, Deleted = deleted, Deduplicated = deduplicated, Unchanged = rows.Count - deduplicated - inserted };
    }

    /// <summary>
    /// The states of all keys concerned, those of the table and the new ones: one for each key and time, the new one where both have it; one equal to the one
    /// before it is folded, and each other ends where the next begins.
    /// </summary>
    private string StatesSql()
    {
        var identity = Names(write.Identity);
        var values = StateColumns;
        var all = Names([.. write.Identity, .. values]);
        var before = string.Concat(values.Select(v => $", lag({Q(v)}) OVER w AS {Q(Before + v)}"));
        var repeats = write.History.KeepsRepeats ? "0" : $"CASE WHEN n > 1{string.Concat(values.Select(v => $" AND {Dialect.AreSame(Q(v), Q(Before + v))}"))} THEN 1 ELSE 0 END";
        return $"CREATE TEMPORARY TABLE {States} AS "
            + $"WITH u AS (SELECT {Names([.. write.Identity, .. values], "t.")}, 0 AS o FROM {Table} AS t WHERE EXISTS (SELECT 1 FROM {rows.Quoted} AS s WHERE {rows.Match("t.", "s.", Key)}) "
            + $"UNION ALL SELECT {all}, 1 AS o FROM {rows.Quoted}), "
            + $"r AS (SELECT {all}, row_number() OVER (PARTITION BY {identity} ORDER BY o DESC) AS k FROM u), "
            + $"l AS (SELECT {all}, row_number() OVER w AS n{before} FROM r WHERE k = 1 WINDOW w AS (PARTITION BY {Names(Key)} ORDER BY {Q(From)})), "
            + $"f AS (SELECT {all}, {repeats} AS {Q(Folded)} FROM l) "
            + $"SELECT {all}, {Q(Folded)}, CASE WHEN {Q(Folded)} = 1 THEN NULL ELSE lead({Q(From)}) OVER (PARTITION BY {Names(Key)}, {Q(Folded)} ORDER BY {Q(From)}) END AS {Q(To)} FROM f";
    }

    private static DateTimeOffset Micros(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
