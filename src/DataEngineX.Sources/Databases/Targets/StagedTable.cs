using System.Globalization;
using Apache.Arrow;

namespace DataEngineX.Sources;

/// <summary>Rows of a write in a temporary table of its connection, numbered as they came.</summary>
internal sealed class StagedTable(TargetSession session, Schema schema)
{
    private readonly HashSet<string> _withNulls = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    internal string Name { get; } = $"dex_{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)}";

    internal string Quoted => session.Dialect.Names.Quote(Name);

    internal long Count { get; private set; }

    internal Schema Schema => schema;

    internal async ValueTask CreateAsync(CancellationToken cancellationToken) => await session.ExecuteAsync(
        $"CREATE TEMPORARY TABLE {Quoted} ({session.Dialect.Names.Quote(StagedBatch.RowColumn)} bigint NOT NULL"
        + $"{string.Concat(schema.FieldsList.Select(f => $", {session.Dialect.Names.Quote(f.Name)} {session.Dialect.TypeOf(f.DataType)!.Sql}"))})",
        cancellationToken).ConfigureAwait(false);

    /// <summary>Takes rows, which it borrows.</summary>
    internal async ValueTask AddAsync(RecordBatch rows, CancellationToken cancellationToken)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (rows.Column(i).NullCount > 0)
                _withNulls.Add(schema.FieldsList[i].Name);
        }

        await session.StageAsync(new StagedBatch(session.Connection, Name, rows, Count, session.Database.StatementTimeout), cancellationToken).ConfigureAwait(false);
        Count += rows.Length;
    }

    /// <summary>Makes it quick to search by some columns, once all rows are there.</summary>
    internal async ValueTask PrepareAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        foreach (var sql in session.Dialect.PrepareSql(Name, columns))
            await session.ExecuteAsync(sql, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops it, and what was worked out of it: a connection may go back to a pool.</summary>
    internal async ValueTask DropAsync()
    {
        foreach (var name in (string[])[Name, Name + "_p", Name + "_h"])
            await session.ExecuteAsync($"DROP TABLE IF EXISTS {session.Dialect.Names.Quote(name)}", CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>A condition by which a row of another table and one of this are equal in some columns; null equals null where any is null here.</summary>
    /// <param name="other">What stands before the columns of the other table.</param>
    /// <param name="own">What stands before those of this.</param>
    /// <param name="columns">The columns.</param>
    internal string Match(string other, string own, IReadOnlyList<string> columns) => string.Join(" AND ", columns.Select(c =>
    {
        var (left, right) = (other + session.Dialect.Names.Quote(c), own + session.Dialect.Names.Quote(c));
        return _withNulls.Contains(c) ? session.Dialect.AreSame(left, right) : $"{left} = {right}";
    }));
}
