using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A rule on one column.</summary>
public abstract class ColumnRule : Rule
{
    /// <summary>Names the column.</summary>
    /// <param name="column">The column, matched exactly.</param>
    protected ColumnRule(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Column = column;
        Columns = [column];
    }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Columns { get; }

    internal StoredColumn Find(Schema schema) => StoredColumn.Of(schema, Ordinal(schema, Column));

    internal StoredColumn FindText(Schema schema)
    {
        var found = Find(schema);
        return found.Kind is ColumnKind.Text or ColumnKind.Null ? found : throw Unfit(Column, $"it must be text, not {found.TypeName}.");
    }

    internal StoredColumn FindNumber(Schema schema)
    {
        var found = Find(schema);
        return found.IsNumber || found.Kind == ColumnKind.Null ? found : throw Unfit(Column, $"it must be numeric, not {found.TypeName}.");
    }
}
