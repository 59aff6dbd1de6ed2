namespace DataEngineX.Sources;

/// <summary>Asks a table what a run will read: the newest value of the cursor column and which rows have it.</summary>
internal sealed class DatabaseProbe(DatasetId dataset, string table, DatabaseReadOptions options, DatabaseSession session)
{
    /// <summary>The position of a table that had no row yet.</summary>
    private const string Nothing = "none";

    private DatabaseCursor Cursor => options.Cursor!;

    /// <summary>Rows without a key would be in no chunk.</summary>
    internal async ValueTask CheckKeyAsync(CancellationToken cancellationToken)
    {
        foreach (var column in options.Key)
        {
            var nulls = await session.CountAsync(Count().And().Add(options.Dialect.Quote(column)).Add(" IS NULL"), cancellationToken).ConfigureAwait(false);
            if (nulls > 0)
                throw new SourceFailedException(dataset.ToString(), $"the key column '{column}' is null in {nulls} rows, which no chunk would hold; name a key that is never null, or none", isTransient: false);
        }
    }

    internal async ValueTask<InputVersion> PinAsync(string? since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await CheckNullsAsync(cancellationToken).ConfigureAwait(false);
        var done = since is null or Nothing ? null : CursorPosition.Parse(since, dataset);
        var newest = await NewestAsync(done, now, cancellationToken).ConfigureAwait(false);
        if (newest is null)
            return new InputVersion(dataset, since ?? Nothing, since, HasData: false);
        var position = await TiesAsync(newest, cancellationToken).ConfigureAwait(false);
        var grew = done is not null && await HasGrownAsync(done, position, cancellationToken).ConfigureAwait(false);
        var hasData = done is null || Cursor.LookBack > TimeSpan.Zero || !done.Value.Equals(position.Value) || IsNew(done, position) || grew;
        return new InputVersion(dataset, hasData ? position.ToString() : since!, done is null ? null : since, hasData);
    }

    /// <summary>The positions at which parts of about so many rows end: values of the cursor column that are there, so that rows with one value stay together.</summary>
    internal async ValueTask<IReadOnlyList<string>> CutAsync(InputVersion input, long rows, CancellationToken cancellationToken)
    {
        var end = CursorPosition.Parse(input.Position, dataset).Value;
        var after = input.Since is null ? null : CursorPosition.Parse(input.Since, dataset).Value;
        var cuts = new List<string>();
        while (Plain(await session.ScalarAsync(Cut(after, end, rows), cancellationToken).ConfigureAwait(false)) is { } value)
        {
            cuts.Add((await TiesAsync(value, cancellationToken).ConfigureAwait(false)).ToString());
            after = value;
        }

        return [.. cuts, input.Position];
    }

    private SqlBuilder Cut(object? after, object end, long rows)
    {
        var sql = Sql().Add("SELECT ").Names([Cursor.Column]).From(table).And().Test(Cursor.Column, " < ", end);
        if (after is not null)
            sql.And().Test(Cursor.Column, " > ", after);
        else if (Cursor.Start is { } start)
            sql.And().Test(Cursor.Column, " >= ", start);
        return sql.OrderBy([Cursor.Column]).Add(options.Dialect.Page(rows - 1, 1));
    }

    private async ValueTask CheckNullsAsync(CancellationToken cancellationToken)
    {
        if (Cursor.Nulls != NullCursor.Fail)
            return;
        var nulls = await session.CountAsync(Count().And().Add(options.Dialect.Quote(Cursor.Column)).Add(" IS NULL"), cancellationToken).ConfigureAwait(false);
        if (nulls > 0)
        {
            throw new SourceFailedException(
                dataset.ToString(), $"the cursor column '{Cursor.Column}' is null in {nulls} rows, which so are neither new nor old: give them a value, or leave them with Nulls = NullCursor.Leave", isTransient: false);
        }
    }

    private async ValueTask<object?> NewestAsync(CursorPosition? done, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newest = await session.ScalarAsync(Newest(done), cancellationToken).ConfigureAwait(false);
        if (newest is null || Cursor.Lag <= TimeSpan.Zero)
            return Plain(newest);
        var bound = CursorTimes.Like(newest, now - Cursor.Lag, Cursor);
        return Plain(await session.ScalarAsync(Newest(done).And().Test(Cursor.Column, " <= ", bound), cancellationToken).ConfigureAwait(false));
    }

    private SqlBuilder Newest(CursorPosition? done)
    {
        var sql = Sql().Add("SELECT MAX(").Names([Cursor.Column]).Add(")").From(table);
        if (Cursor.Start is { } start)
            sql.And().Test(Cursor.Column, " >= ", start);
        if (Cursor.End is { } end)
            sql.And().Test(Cursor.Column, " < ", end);
        if (done is not null)
            sql.And().Test(Cursor.Column, " >= ", done.Value);
        return sql;
    }

    private async ValueTask<CursorPosition> TiesAsync(object value, CancellationToken cancellationToken)
    {
        var count = await session.CountAsync(Count().And().Test(Cursor.Column, " = ", value), cancellationToken).ConfigureAwait(false);
        if (options.Key.Count == 0 || count > Math.Min(Cursor.MaxTies, 4_000))
            return new CursorPosition(value, null, count);
        var hashes = new List<ulong>();
        var command = session.Command(Sql().Add("SELECT ").Names(options.Key).From(table).And().Test(Cursor.Column, " = ", value));
        await using var open = command.ConfigureAwait(false);
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var openRows = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            hashes.Add(KeyHash.Of(rows, 0, options.Key.Count));
        hashes.Sort();
        return new CursorPosition(value, [.. hashes], hashes.Count);
    }

    /// <summary>Whether rows came to a value that was done, of which only the number is known.</summary>
    private async ValueTask<bool> HasGrownAsync(CursorPosition done, CursorPosition position, CancellationToken cancellationToken)
    {
        if (done.Ties is not null || Cursor.LookBack > TimeSpan.Zero)
            return false;
        var count = done.Value.Equals(position.Value)
            ? position.Count
            : await session.CountAsync(Count().And().Test(Cursor.Column, " = ", done.Value), cancellationToken).ConfigureAwait(false);
        if (count <= done.Count)
            return false;
        throw new SourceFailedException(
            dataset.ToString(),
            $"{count - done.Count} rows came to '{Cursor.Column}' = {CursorPosition.TextOf(done.Value).Text} after it was done, and the {done.Count} before them are "
            + (options.Key.Count == 0 ? "not told apart, for no key is named" : "more than are remembered")
            + ": give the cursor a Lag, or a LookBack and a target that upserts",
            isTransient: false);
    }

    private static bool IsNew(CursorPosition done, CursorPosition position) => done.Ties is not null && (position.Ties is null || position.Ties.Except(done.Ties).Any());

    private SqlBuilder Count() => Sql().Add("SELECT COUNT(*)").From(table);

    private SqlBuilder Sql() => new(options.Dialect);

    // A whole number is one, whatever width the provider gives it, so that equal positions are equal.
    private static object? Plain(object? value) => value is byte or short or int ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : value;
}
