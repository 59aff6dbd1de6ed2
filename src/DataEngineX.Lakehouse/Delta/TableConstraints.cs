using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta.Sql;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The conditions that every row of a table must satisfy, as its properties keep them.</summary>
internal static class TableConstraints
{
    private const string Prefix = "delta.constraints.";

    /// <summary>The property of a constraint.</summary>
    internal static string PropertyOf(string name) => Prefix + name.ToLowerInvariant();

    /// <summary>Whether a property is a constraint.</summary>
    internal static bool Is(string property) => property.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>All constraints of a version.</summary>
    /// <exception cref="DataEngineXException">One is written in SQL that is not understood here; names it.</exception>
    internal static IEnumerable<(string Name, Expr Condition)> Of(LogState state)
    {
        foreach (var (property, sql) in state.Metadata.Configuration)
        {
            if (Is(property))
                yield return (property[Prefix.Length..], Parse(state, property[Prefix.Length..], sql ?? ""));
        }
    }

    // Names of columns in SQL do not depend on case.
    internal static Expr Parse(LogState state, string name, string sql)
    {
        try
        {
            return SqlParser.Parse(sql).Rewrite(node => node is ColumnExpr column ? new ColumnExpr(NameOf(state, column.Name)) : node);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DataEngineXException($"Table {state.Table} has the constraint '{name}' ({sql}), which is not understood here ({e.Message}); it is only read.", e);
        }
    }

    private static string NameOf(LogState state, string name) =>
        state.Columns.Fields.Select(f => f.Name).FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"there is no column {name}");
}
