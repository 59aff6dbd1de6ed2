using System.Globalization;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The names and numbers by which data files know the columns of a table.</summary>
internal static class StoredColumns
{
    /// <summary>What a field of Arrow calls the number of its column in a Parquet file.</summary>
    internal const string FieldId = "PARQUET:field_id";

    /// <summary>The columns as a data file has them.</summary>
    /// <param name="columns">The columns as the table has them.</param>
    /// <param name="table">How the table maps them; null for one that does not.</param>
    internal static Schema Of(Schema columns, TableSchema? table)
    {
        if (table is null || table.Mapping == ColumnMapping.None)
            return columns;
        return new Schema([.. columns.FieldsList.Select(f => Of(f, table.Find(f.Name)))], null);
    }

    /// <summary>The values of partition columns by the names that the log knows them by.</summary>
    internal static Dictionary<string, string?> Of(Dictionary<string, string?> values, TableSchema? table) => table is null || table.Mapping == ColumnMapping.None
        ? values
        : values.ToDictionary(v => table.Find(v.Key)?.PhysicalName ?? v.Key, v => v.Value, StringComparer.Ordinal);

    private static Field Of(Field field, DeltaField? mapped) => mapped is null
        ? field
        : new Field(
            mapped.PhysicalName, field.DataType, field.IsNullable,
            mapped.Id is { } id ? [KeyValuePair.Create(FieldId, id.ToString(CultureInfo.InvariantCulture))] : null);
}
