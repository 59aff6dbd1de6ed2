using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>Column types from what a provider tells of its columns.</summary>
internal static class DatabaseColumns
{
    internal static Schema SchemaOf(IEnumerable<DbColumnInfo> columns, string table) =>
        new(columns.Select(c => new Field(c.Name, TypeOf(c, table), c.IsNullable)), null);

    internal static IEnumerable<DbColumnInfo> Read(DbDataReader rows)
    {
        foreach (var column in rows.CanGetColumnSchema() ? rows.GetColumnSchema() : [])
        {
            yield return new DbColumnInfo(
                column.ColumnName, column.DataType ?? typeof(object), column.DataTypeName ?? "", column.AllowDBNull ?? true, column.NumericPrecision, column.NumericScale);
        }
    }

    private static IArrowType TypeOf(DbColumnInfo column, string table)
    {
        var name = column.DatabaseType;
        if (column.Clr == typeof(decimal))
            return column is { Precision: > 0 and <= 38 and var precision, Scale: >= 0 and var scale } && scale <= precision ? new Decimal128Type(precision, scale) : new Decimal128Type(38, 18);
        if (column.Clr == typeof(Guid) || column.Clr == typeof(char))
            return StringType.Default;
        if (column.Clr == typeof(DateTime))
        {
            if (name.Equals("date", StringComparison.OrdinalIgnoreCase))
                return Date32Type.Default;
            return name.Contains("with time zone", StringComparison.OrdinalIgnoreCase) || name.Equals("timestamptz", StringComparison.OrdinalIgnoreCase)
                ? ArrowTypes.TimestampUtc : ArrowTypes.TimestampLocal;
        }

        if (column.Clr == typeof(TimeSpan) && name.StartsWith("time", StringComparison.OrdinalIgnoreCase))
            return new Time64Type(TimeUnit.Microsecond);
        try
        {
            return ArrowTypes.FromClr(column.Clr);
        }
        catch (ArgumentException)
        {
            throw new PlanException(
                $"{table}: the column '{column.Name}' of type {name} ({column.Clr.Name}) has no column type; name the columns wanted without it, or convert it in a view.", "scan", column.Name);
        }
    }
}
