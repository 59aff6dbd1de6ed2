using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The schema of a table, as the log writes it and as Arrow has it.</summary>
internal static class DeltaSchema
{
    /// <summary>The schema text of the log.</summary>
    /// <exception cref="DataEngineXException">A column has no type in Delta tables; all such columns are named.</exception>
    internal static string Write(Schema schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "struct");
            writer.WriteStartArray("fields");
            foreach (var field in schema.FieldsList)
            {
                writer.WriteStartObject();
                writer.WriteString("name", field.Name);
                writer.WriteString("type", TypeName(field.DataType) ?? throw Unsupported(field));
                writer.WriteBoolean("nullable", field.IsNullable);
                writer.WriteStartObject("metadata");
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads the schema text of the log.</summary>
    /// <exception cref="DataEngineXException">The text is damaged, or a column has a type that is not read.</exception>
    internal static Schema Read(string table, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var fields = new List<Field>();
            foreach (var field in document.RootElement.GetProperty("fields").EnumerateArray())
                fields.Add(ReadField(table, field));
            return new Schema(fields, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataEngineXException($"Table {table} has a damaged schema in its log: {e.Message}", e);
        }
    }

    /// <summary>Whether a column carries a rule that writers must enforce and that we do not know.</summary>
    internal static bool HasInvariants(string schema) => schema.Contains("\"delta.invariants\"", StringComparison.Ordinal)
        || schema.Contains("\"delta.generationExpression\"", StringComparison.Ordinal)
        || schema.Contains("\"delta.identity.", StringComparison.Ordinal);

    internal static bool IsLocalTimestamp(IArrowType type) => type is TimestampType { Timezone: null or "" };

    private static Field ReadField(string table, JsonElement field)
    {
        var name = field.GetProperty("name").GetString() ?? "";
        var type = field.GetProperty("type");
        var nullable = !field.TryGetProperty("nullable", out var n) || n.GetBoolean();
        return type.ValueKind == JsonValueKind.String
            ? new Field(name, Primitive(type.GetString()!) ?? throw Refused(table, name, type.GetString()!), nullable)
            : throw Refused(table, name, type.GetProperty("type").GetString() ?? "nested");
    }

    private static DataEngineXException Refused(string table, string column, string type) =>
        new($"Table {table}: column '{column}' is of the Delta type {type}, which is not read yet.");

    private static DataEngineXException Unsupported(Field field) => new(
        $"Column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be kept in a table; "
        + "convert it to bool, int8 to int64, float, double, decimal, utf8, binary, date32, timestamp[us] or timestamp[us, UTC].");

    private static IArrowType? Primitive(string name) => name switch
    {
        "boolean" => BooleanType.Default,
        "byte" => Int8Type.Default,
        "short" => Int16Type.Default,
        "integer" => Int32Type.Default,
        "long" => Int64Type.Default,
        "float" => FloatType.Default,
        "double" => DoubleType.Default,
        "string" => StringType.Default,
        "binary" => BinaryType.Default,
        "date" => Date32Type.Default,
        "timestamp" => ArrowTypes.TimestampUtc,
        "timestamp_ntz" => ArrowTypes.TimestampLocal,
        "decimal" => new Decimal128Type(10, 0),
        _ => DecimalOf(name),
    };

    private static Decimal128Type? DecimalOf(string name)
    {
        if (!name.StartsWith("decimal(", StringComparison.Ordinal) || !name.EndsWith(')'))
            return null;
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            && int.TryParse(name.AsSpan(8, comma - 8), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var precision)
            && int.TryParse(name.AsSpan(comma + 1, name.Length - comma - 2), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var scale)
            ? new Decimal128Type(precision, scale)
            : null;
    }

    private static string? TypeName(IArrowType type) => type switch
    {
        BooleanType => "boolean",
        Int8Type => "byte",
        Int16Type => "short",
        Int32Type => "integer",
        Int64Type => "long",
        FloatType => "float",
        DoubleType => "double",
        StringType => "string",
        BinaryType => "binary",
        Date32Type => "date",
        TimestampType { Unit: TimeUnit.Microsecond, Timezone: null or "" } => "timestamp_ntz",
        TimestampType { Unit: TimeUnit.Microsecond, Timezone: "UTC" } => "timestamp",
        Decimal128Type { Precision: <= 38, Scale: >= 0 } d when d.Scale <= d.Precision =>
            string.Create(CultureInfo.InvariantCulture, $"decimal({d.Precision},{d.Scale})"),
        _ => null,
    };
}
