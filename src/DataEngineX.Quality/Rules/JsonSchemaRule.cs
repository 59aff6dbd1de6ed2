using System.Text.Json;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Each text of a column is a JSON value that a JSON Schema allows. Missing values are not checked; what is no JSON violates.</summary>
/// <remarks>
/// Knows the vocabularies for structure of draft 7 to 2020-12 but <c>unevaluated…</c> and dynamic references; references point into the
/// schema itself. <c>format</c> and other annotations allow everything, and a key that is none of these is refused.
/// </remarks>
public sealed class JsonSchemaRule : ColumnRule
{
    private readonly JsonSchema _schema;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, of text.</param>
    /// <param name="schema">The JSON Schema as JSON text.</param>
    /// <exception cref="ArgumentException">It is no JSON Schema, or uses what is not known here.</exception>
    public JsonSchemaRule(string column, string schema)
        : base(column)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _schema = JsonSchema.Parse(schema);
    }

    /// <summary>The JSON Schema.</summary>
    public string Schema { get; }

    /// <inheritdoc/>
    public override string Name => "json_schema";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [new RuleParameter("schema", _schema.Json)];

    /// <inheritdoc/>
    public override string Expectation => $"{Column} is JSON of a given schema";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Apache.Arrow.Schema schema)
    {
        var column = FindText(schema);
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(column.Ordinal, marks);
            TextRows.Mark(batch.Column(column.Ordinal), marks, Holds);
        });
    }

    private bool Holds(ReadOnlySpan<char> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToString());
            return _schema.Allows(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
