using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Tells from statistics that no row of a file can satisfy a condition.</summary>
internal static class FilePruning
{
    /// <summary>True only when it is certain that the condition is true for all rows.</summary>
    internal static bool MustMatch(DataFile file, TableSchema schema, Expr condition) => BoundsPruning.MustMatch(
        condition, (column, fields) => fields.Count == 0 && schema.Find(column) is { } field ? (field.Field, StatBounds.Of(file, field)) : null);

    /// <summary>False only when it is certain that the condition is true for no row.</summary>
    internal static bool MayMatch(DataFile file, TableSchema schema, Expr condition) => BoundsPruning.MayMatch(
        condition, (column, fields) => schema.Find(column) is { } field ? Part(file, field, fields) : null);

    private static (Field Field, StatBounds Bounds)? Part(DataFile file, DeltaField column, IReadOnlyList<string> fields)
    {
        if (fields.Count == 0)
            return (column.Field, StatBounds.Of(file, column));
        var path = new List<string> { column.PhysicalName };
        foreach (var name in fields)
        {
            if (column.Field.DataType is not StructType || column.Children.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)) is not { } child)
                return null;
            path.Add(child.PhysicalName);
            column = child;
        }

        return (column.Field, StatBounds.Of(file, column.Field, path.ToArray()));
    }
}
