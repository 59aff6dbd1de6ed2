using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Tells from statistics that no row of a file can satisfy a condition.</summary>
internal static class FilePruning
{
    /// <summary>True only when it is certain that the condition is true for all rows.</summary>
    internal static bool MustMatch(DataFile file, TableSchema schema, Expr condition) => BoundsPruning.MustMatch(
        condition, column => schema.Find(column) is { } field ? (field.Field, StatBounds.Of(file, field)) : null);

    /// <summary>False only when it is certain that the condition is true for no row.</summary>
    internal static bool MayMatch(DataFile file, TableSchema schema, Expr condition) => BoundsPruning.MayMatch(
        condition, column => schema.Find(column) is { } field ? (field.Field, StatBounds.Of(file, field)) : null);
}
