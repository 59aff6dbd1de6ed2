using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads the schema text of a log.</summary>
internal sealed class DeltaSchemaReader(string table, ColumnMapping mapping)
{
    private const int MaxDepth = 64;

    private readonly Dictionary<int, string> _numbered = [];

    /// <summary>The columns.</summary>
    /// <exception cref="DataEngineXException">The text is damaged, or a column has a type that is not read; names it.</exception>
    internal List<DeltaField> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4 * MaxDepth });
            return Fields(document.RootElement, "");
        }
        catch (KeyNotFoundException e)
        {
            throw new DataEngineXException($"Table {table} has a damaged schema in its log: a column, or a part of one, lacks its name, its type or its fields.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataEngineXException($"Table {table} has a damaged schema in its log: {e.Message}", e);
        }
    }

    private List<DeltaField> Fields(JsonElement structure, string prefix)
    {
        var fields = new List<DeltaField>();
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var physical = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in structure.GetProperty("fields").EnumerateArray())
        {
            var read = ReadField(field, prefix);
            if (!names.TryAdd(read.Name, read.Name))
            {
                throw Damaged(names[read.Name] == read.Name
                    ? $"it has two columns '{prefix}{read.Name}'"
                    : $"its columns '{prefix}{names[read.Name]}' and '{prefix}{read.Name}' differ only by case");
            }

            if (!physical.TryAdd(read.PhysicalName, read.Name))
                throw Damaged($"its columns '{prefix}{physical[read.PhysicalName]}' and '{prefix}{read.Name}' have the physical name '{read.PhysicalName}' both");
            if (read.Id is { } number && !_numbered.TryAdd(number, prefix + read.Name))
                throw Damaged($"its columns '{_numbered[number]}' and '{prefix}{read.Name}' have the number {number} both");
            fields.Add(read);
        }

        return fields;
    }

    private DeltaField ReadField(JsonElement field, string prefix)
    {
        var name = field.GetProperty("name").GetString() ?? "";
        var path = prefix + name;
        var nullable = Flag(field, "nullable");
        var metadata = field.TryGetProperty("metadata", out var m) ? m : default;
        if (TypeWidening.Unsupported(metadata) is { } change)
            throw new DataEngineXException($"Table {table} cannot be read: the type of column '{path}' was changed {change} (reader feature 'typeWidening'), which is not supported.");
        var (type, children) = ReadType(field.GetProperty("type"), path);
        return new DeltaField(FieldOf(name, type, nullable, children), PhysicalName(metadata, name, path), Id(metadata, path), children);
    }

    private (IArrowType Type, IReadOnlyList<DeltaField> Children) ReadType(JsonElement type, string path)
    {
        if (type.ValueKind == JsonValueKind.String && type.ValueEquals(VariantColumns.TypeName))
            return (VariantColumns.Type, VariantColumns.Parts);
        if (type.ValueKind == JsonValueKind.String)
            return (DeltaTypes.Primitive(type.GetString()!) ?? throw Refused(path, type.GetString()!), []);
        var kind = type.GetProperty("type").GetString();
        switch (kind)
        {
            case "struct":
                var fields = Fields(type, path + ".");
                return (new StructType([.. fields.Select(f => f.Field)]), fields);
            case "array":
                var element = Part(type.GetProperty("elementType"), "element", Flag(type, "containsNull"), path);
                return (new ListType(element.Field), [element]);
            case "map":
                var key = Part(type.GetProperty("keyType"), "key", nullable: false, path);
                var value = Part(type.GetProperty("valueType"), "value", Flag(type, "valueContainsNull"), path);
                return (new MapType(key.Field, value.Field), [key, value]);
            default:
                throw Refused(path, kind ?? "unknown");
        }
    }

    private DeltaField Part(JsonElement type, string name, bool nullable, string path)
    {
        var (arrow, children) = ReadType(type, $"{path}.{name}");
        return new DeltaField(FieldOf(name, arrow, nullable, children), name, null, children);
    }

    private static Field FieldOf(string name, IArrowType type, bool nullable, IReadOnlyList<DeltaField> children) =>
        new(name, type, nullable, ReferenceEquals(children, VariantColumns.Parts) ? VariantColumns.Marks : null);

    /// <summary>Some writers misspell the flag or leave it out: then nothing forbids null.</summary>
    private static bool Flag(JsonElement type, string name) => !type.TryGetProperty(name, out var flag) || flag.ValueKind != JsonValueKind.False;

    private string PhysicalName(JsonElement metadata, string name, string path)
    {
        if (mapping == ColumnMapping.None)
            return name;
        return metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("delta.columnMapping.physicalName", out var physical) && physical.GetString() is { Length: > 0 } text
            ? text
            : throw new DataEngineXException($"Table {table} has a damaged schema in its log: column '{path}' has no physical name, though columns are mapped by {mapping}.");
    }

    private int? Id(JsonElement metadata, string path)
    {
        if (mapping == ColumnMapping.None)
            return null;
        return metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("delta.columnMapping.id", out var id)
            && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number)
            ? number
            : mapping == ColumnMapping.Name ? null : throw new DataEngineXException($"Table {table} has a damaged schema in its log: column '{path}' has no number, though columns are mapped by it.");
    }

    private DataEngineXException Damaged(string how) => new($"Table {table} has a damaged schema in its log: {how}.");

    private DataEngineXException Refused(string column, string type) =>
        new($"Table {table}: column '{column}' is of the Delta type {type}, which is not read.");
}
