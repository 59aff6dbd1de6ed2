using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Tells which columns of a table can be written.</summary>
internal static class WritableTypes
{
    /// <summary>The first part of a column that cannot be written, with what the log calls its type; null when all can.</summary>
    internal static (string Path, string Type)? FirstRefused(DeltaField column, string path)
    {
        if (VariantColumns.Is(column))
            return (path, $"{VariantColumns.TypeName} (the feature 'variantType')");
        if (column.Children.Count == 0)
            return column.Field.DataType is StructType ? (path, "struct without fields") : DeltaTypes.NameOf(column.Field.DataType) is null ? (path, "void") : null;
        foreach (var child in column.Children)
        {
            if (FirstRefused(child, $"{path}.{child.Name}") is { } refused)
                return refused;
        }

        return null;
    }
}
