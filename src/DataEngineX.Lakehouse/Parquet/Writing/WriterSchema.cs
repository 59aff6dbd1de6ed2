using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Format;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>The schema nodes and stored columns of a file, made from the columns of its batches.</summary>
internal sealed class WriterSchema
{
    private WriterSchema()
    {
    }

    /// <summary>The nodes in the order of a walk from the root.</summary>
    internal List<SchemaElement> Elements { get; } = [];

    internal List<WriterLeaf> Leaves { get; } = [];

    internal static WriterSchema Of(Schema schema)
    {
        var made = new WriterSchema();
        made.Elements.Add(new SchemaElement { Name = "schema", ChildCount = schema.FieldsList.Count });
        foreach (var field in schema.FieldsList)
            made.Add(field, [], 0, 0);
        return made;
    }

    private void Add(ArrowField field, string[] parents, int definition, int repetition)
    {
        string[] path = [.. parents, field.Name];
        var isNullable = field.IsNullable || field.DataType is NullType;
        var inside = definition + (isNullable ? 1 : 0);
        switch (field.DataType)
        {
            case MapType map:
                Group(field.Name, isNullable ? Repetition.Optional : Repetition.Required, 1, LogicalKind.Map, IdOf(field));
                Group("key_value", Repetition.Repeated, 2, LogicalKind.None);
                Add(new ArrowField("key", map.KeyField.DataType, map.KeyField.IsNullable), [.. path, "key_value"], inside + 1, repetition + 1);
                Add(new ArrowField("value", map.ValueField.DataType, map.ValueField.IsNullable), [.. path, "key_value"], inside + 1, repetition + 1);
                break;
            case ListType list:
                Group(field.Name, isNullable ? Repetition.Optional : Repetition.Required, 1, LogicalKind.List, IdOf(field));
                Group("list", Repetition.Repeated, 1, LogicalKind.None);
                Add(new ArrowField("element", list.ValueDataType, list.ValueField.IsNullable), [.. path, "list"], inside + 1, repetition + 1);
                break;
            case StructType type when type.Fields.Count > 0:
                Group(field.Name, isNullable ? Repetition.Optional : Repetition.Required, type.Fields.Count, LogicalKind.None, IdOf(field));
                foreach (var child in type.Fields)
                    Add(child, path, inside, repetition);
                break;
            default:
                var element = StoredForms.Of(field);
                element.FieldId = IdOf(field);
                Elements.Add(element);
                Leaves.Add(new WriterLeaf(field.DataType, element, path, inside, repetition));
                break;
        }
    }

    private void Group(string name, Repetition repetition, int children, LogicalKind kind, int id = -1) => Elements.Add(new SchemaElement
    {
        Name = name,
        Repetition = repetition,
        ChildCount = children,
        FieldId = id,
        Logical = new LogicalInfo(kind),
    });

    /// <summary>The number of a column, where its field tells one as Arrow does.</summary>
    private static int IdOf(ArrowField field) => field.Metadata?.TryGetValue(StoredColumns.FieldId, out var text) == true
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
}
