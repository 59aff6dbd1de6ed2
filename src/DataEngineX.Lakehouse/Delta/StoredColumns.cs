using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

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
            mapped.PhysicalName, TypeOf(field.DataType, mapped), field.IsNullable,
            mapped.Id is { } id ? [KeyValuePair.Create(FieldId, id.ToString(CultureInfo.InvariantCulture))] : null);

    /// <summary>A type whose structs have their fields under the names of the files.</summary>
    private static IArrowType TypeOf(IArrowType type, DeltaField mapped) => type switch
    {
        StructType structure => new StructType([.. structure.Fields.Select(f => Of(f, mapped.Children.FirstOrDefault(c => string.Equals(c.Name, f.Name, StringComparison.Ordinal))))]),
        MapType map => new MapType(Part(map.KeyField, mapped.Children[0]), Part(map.ValueField, mapped.Children[1])),
        ListType list => new ListType(Part(list.ValueField, mapped.Children[0])),
        _ => type,
    };

    private static Field Part(Field field, DeltaField mapped) => new(field.Name, TypeOf(field.DataType, mapped), field.IsNullable);
}
