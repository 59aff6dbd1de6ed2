using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Sources;

/// <summary>Makes a table have the columns of a write, as far as that is allowed.</summary>
internal sealed class TargetColumns(DatabaseWrite write, DatabaseDialect dialect)
{
    private string Table => dialect.QuoteTable(write.Target.Table);

    /// <summary>The statements that bring a table to the columns of the write.</summary>
    /// <param name="there">Its columns, or null when there is no table.</param>
    /// <exception cref="PlanException">The columns differ in what may not be changed; shows all differences.</exception>
    internal IReadOnlyList<string> Changes(IReadOnlyList<System.Data.Common.DbColumn>? there)
    {
        if (there is null)
            return [Create()];
        var statements = new List<string>();
        var differences = new List<string>();
        string? first = null;
        foreach (var field in write.Table.FieldsList)
        {
            var type = dialect.TypeOf(field.DataType)!;
            var column = there.FirstOrDefault(c => string.Equals(c.ColumnName, field.Name, StringComparison.Ordinal));
            if (column is null && write.Evolution.HasFlag(SchemaEvolution.AddColumns))
                statements.Add($"ALTER TABLE {Table} ADD COLUMN {dialect.Names.Quote(field.Name)} {type.Sql}");
            else if (column is null)
                Differ(field.Name, $"+ {field.Name} {ArrowTypes.NameOf(field.DataType)}: not in the table");
            else if (dialect.TypeOf(column) is not { } held)
                Differ(field.Name, $"~ {field.Name}: {column.DataTypeName} in the table, into which nothing is written from here, {ArrowTypes.NameOf(field.DataType)} in the write");
            else if (IsOther(column, held, type) is { } kind && !(write.Evolution.HasFlag(SchemaEvolution.WidenTypes) && Widens(kind, field, type, statements)))
                Differ(field.Name, $"~ {field.Name}: {ArrowTypes.NameOf(held)} in the table, {ArrowTypes.NameOf(field.DataType)} in the write");
        }

        return differences.Count == 0
            ? statements
            : throw new PlanException($"{write.Dataset} has other columns than what is written to it:\n  {string.Join("\n  ", differences)}", column: first);

        void Differ(string column, string line)
        {
            first ??= column;
            differences.Add(line);
        }
    }

    /// <summary>A numeric without a precision takes all decimals.</summary>
    private static ColumnChangeKind? IsOther(System.Data.Common.DbColumn column, Apache.Arrow.Types.IArrowType held, DatabaseType type) =>
        held is Apache.Arrow.Types.Decimal128Type && type.Reads is Apache.Arrow.Types.Decimal128Type && column.NumericPrecision is null or 0 && string.Equals(column.DataTypeName, "numeric", StringComparison.Ordinal)
            ? null
            : SchemaDifference.KindOf(held, type.Reads);

    private bool Widens(ColumnChangeKind kind, Field field, DatabaseType type, List<string> statements)
    {
        if (kind == ColumnChangeKind.Narrowed)
            return true;
        if (kind != ColumnChangeKind.Widened || dialect.WidenSql(write.Target.Table, field.Name, type.Sql) is not { } sql)
            return false;
        statements.Add(sql);
        return true;
    }

    private string Create()
    {
        var columns = write.Table.FieldsList.Select(f => $"{dialect.Names.Quote(f.Name)} {dialect.TypeOf(f.DataType)!.Sql}{(f.IsNullable && !write.UniqueKey.Contains(f.Name) ? "" : " NOT NULL")}").ToList();
        if (write.UniqueKey.Count > 0)
            columns.Add($"PRIMARY KEY ({string.Join(", ", write.UniqueKey.Select(dialect.Names.Quote))})");
        return $"CREATE TABLE {Table} ({string.Join(", ", columns)})";
    }
}
