using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Writes the schema of a table as the log has it.</summary>
internal static class DeltaSchema
{
    /// <summary>The schema text of the log.</summary>
    /// <exception cref="DataEngineXException">A column has no type in Delta tables; names it.</exception>
    internal static string Write(Schema schema) => Structure(schema.FieldsList, null).ToJsonString();

    /// <summary>A schema text with more columns at its end and others of wider types; all else that it says of its columns stays.</summary>
    /// <param name="schema">The text.</param>
    /// <param name="added">The new columns.</param>
    /// <param name="widened">The columns whose types change.</param>
    /// <param name="numbers">Numbers the new columns, where the table maps its columns.</param>
    /// <exception cref="DataEngineXException">A column has no type in Delta tables.</exception>
    internal static string Change(string schema, IEnumerable<Field> added, IEnumerable<(Field From, Field To)> widened, ColumnNumbers? numbers = null)
    {
        var root = JsonNode.Parse(schema)!;
        var fields = root["fields"]!.AsArray();
        foreach (var (from, to) in widened)
        {
            var field = fields.First(f => (string?)f!["name"] == from.Name)!;
            field["type"] = DeltaTypes.NameOf(to.DataType) ?? throw Unsupported(to, to);
            var metadata = (field["metadata"] ??= new JsonObject()).AsObject();
            if (metadata[TypeWidening.Changes] is not JsonArray changes)
                metadata[TypeWidening.Changes] = changes = [];
            changes.Add((JsonNode)new JsonObject { ["toType"] = DeltaTypes.NameOf(to.DataType), ["fromType"] = DeltaTypes.NameOf(from.DataType) });
        }

        foreach (var field in added)
        {
            if (fields.Select(f => (string?)f!["name"]).FirstOrDefault(name => string.Equals(name, field.Name, StringComparison.OrdinalIgnoreCase)) is { } other)
                throw Alike(other, field.Name);
            fields.Add((JsonNode)Write(field, field, numbers));
        }

        return root.ToJsonString();
    }

    private static JsonObject Structure(IEnumerable<Field> fields, ColumnNumbers? numbers, Field? column = null)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var parts = new JsonArray();
        foreach (var field in fields)
        {
            if (!names.TryAdd(field.Name, field.Name))
                throw Alike(names[field.Name], field.Name);
            parts.Add((JsonNode)Write(field, column ?? field, numbers));
        }

        return new JsonObject { ["type"] = "struct", ["fields"] = parts };
    }

    /// <summary>To other engines, and so to the protocol, the two would be one.</summary>
    private static DataEngineXException Alike(string one, string other) =>
        new($"The columns '{one}' and '{other}' cannot be kept in one table: their names differ by nothing but case.");

    private static JsonObject Write(Field field, Field column, ColumnNumbers? numbers)
    {
        var metadata = numbers?.Next() ?? [];
        return new JsonObject
        {
            ["name"] = field.Name,
            ["type"] = TypeOf(field.DataType, column, numbers),
            ["nullable"] = field.IsNullable,
            ["metadata"] = metadata,
        };
    }

    private static JsonNode TypeOf(IArrowType type, Field column, ColumnNumbers? numbers) => type switch
    {
        StructType { Fields.Count: > 0 } structure => Structure(structure.Fields, numbers, column),
        MapType map => new JsonObject
        {
            ["type"] = "map",
            ["keyType"] = TypeOf(map.KeyField.DataType, column, numbers),
            ["valueType"] = TypeOf(map.ValueField.DataType, column, numbers),
            ["valueContainsNull"] = map.ValueField.IsNullable,
        },
        ListType list => new JsonObject
        {
            ["type"] = "array",
            ["elementType"] = TypeOf(list.ValueDataType, column, numbers),
            ["containsNull"] = list.ValueField.IsNullable,
        },
        _ => DeltaTypes.NameOf(type) ?? throw Unsupported(column, new Field(column.Name, type, column.IsNullable)),
    };

    /// <summary>Whether a type, or a part of it, is a timestamp without zone.</summary>
    internal static bool HasLocalTimestamp(IArrowType type) => type switch
    {
        StructType structure => structure.Fields.Any(f => HasLocalTimestamp(f.DataType)),
        MapType map => HasLocalTimestamp(map.KeyField.DataType) || HasLocalTimestamp(map.ValueField.DataType),
        ListType list => HasLocalTimestamp(list.ValueDataType),
        _ => IsLocalTimestamp(type),
    };

    internal static bool IsLocalTimestamp(IArrowType type) => type is TimestampType { Timezone: null or "" };

    private static DataEngineXException Unsupported(Field column, Field part) => new(
        $"Column '{column.Name}' of type {ArrowTypes.NameOf(column.DataType)} cannot be kept in a table{(ArrowTypes.Same(column.DataType, part.DataType) ? "" : $", because of its part of type {ArrowTypes.NameOf(part.DataType)}")}; "
        + "convert it to bool, int8 to int64, float, double, decimal, utf8, binary, date32, timestamp[us] or timestamp[us, UTC], or a list, struct or map of these.");
}
