namespace DataEngineX.Sources;

/// <summary>The ranges that lie between two positions. Rows at the positions themselves are judged by their key.</summary>
internal static class DatabaseRanges
{
    internal static IReadOnlyList<DatabaseRange> Between(CursorPosition? done, CursorPosition position, DatabaseCursor cursor)
    {
        var rest = new List<SqlTest>();
        if (cursor.Start is { } start)
            rest.Add(Is(" >= ", start));
        if (cursor.End is { } end)
            rest.Add(Is(" < ", end));
        var ranges = new List<DatabaseRange>();
        if (done is null)
        {
            ranges.Add(new DatabaseRange([.. rest, Is(" < ", position.Value)]));
            ranges.Add(AtNewest(null));
        }
        else if (cursor.LookBack > TimeSpan.Zero)
        {
            ranges.Add(new DatabaseRange([.. rest, Is(" >= ", CursorTimes.Earlier(done.Value, cursor.LookBack, cursor)), Is(" < ", position.Value)]));
            ranges.Add(AtNewest(null));
        }
        else if (done.Value.Equals(position.Value))
        {
            ranges.Add(AtNewest(done.Ties));
        }
        else
        {
            if (done.Ties is not null)
                ranges.Add(new DatabaseRange([Is(" = ", done.Value)]) { Without = done.Ties.ToHashSet() });
            ranges.Add(new DatabaseRange([.. rest, Is(" > ", done.Value), Is(" < ", position.Value)]));
            ranges.Add(AtNewest(null));
        }

        return ranges;

        SqlTest Is(string comparison, object value) => new(cursor.Column, comparison, value);

        DatabaseRange AtNewest(ulong[]? known) => new([Is(" = ", position.Value)])
        {
            Only = position.Ties?.ToHashSet(),
            Without = known?.ToHashSet(),
            Count = position.Ties is null && known is null ? position.Count : null,
        };
    }
}
