using System.Buffers;
using System.Text;
using System.Text.Json;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A schema written down, to be kept beside the code and compared with what the data has become.</summary>
/// <param name="Columns">The columns in order.</param>
public sealed record SchemaBaseline(IReadOnlyList<SchemaColumn> Columns)
{
    private const string Kind = "schema_baseline";

    /// <summary>The baseline of a schema.</summary>
    /// <param name="schema">The schema.</param>
    public static SchemaBaseline Of(Schema schema) => new(SchemaColumn.Of(schema));

    /// <summary>Compares a schema with the baseline.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="severity">The severity of changes that break readers. <value>Default: <see cref="Severity.Error"/>.</value></param>
    /// <returns>Fail where a change breaks readers; changes that do not are observed and pass.</returns>
    public Verdict Check(Schema schema, Severity severity = Severity.Error) => SchemaDrift.VerdictOf(SchemaDrift.Between(Columns, SchemaColumn.Of(schema)), severity);

    /// <summary>The baseline as JSON, a line a column.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteNumber("version", StateFormat.Version);
            writer.WriteStartArray("columns");
            foreach (var column in Columns)
            {
                writer.WriteStartObject();
                writer.WriteString("name", column.Name);
                writer.WriteString("type", column.Type);
                writer.WriteBoolean("nullable", column.IsNullable);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a baseline.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="FormatException">The text is no baseline.</exception>
    public static SchemaBaseline Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StateFormat.Guard(Kind, () =>
        {
            using var document = JsonDocument.Parse(json);
            StateFormat.CheckHeader(document.RootElement, Kind);
            return new SchemaBaseline([.. document.RootElement.GetProperty("columns").EnumerateArray().Select(c => new SchemaColumn(
                c.GetProperty("name").GetString()!, c.GetProperty("type").GetString()!, c.GetProperty("nullable").GetBoolean()))]);
        });
    }
}
