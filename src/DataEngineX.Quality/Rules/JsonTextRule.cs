using System.Runtime.InteropServices;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Each text of a column is a JSON value, and nothing but one. Missing values are not checked; what is not text is no JSON text.</summary>
public sealed class JsonTextRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    public JsonTextRule(string column)
        : base(column)
    {
    }

    /// <inheritdoc/>
    public override string Name => "json_text";

    /// <inheritdoc/>
    public override string Expectation => $"{Column} is JSON";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(column.Ordinal, marks);
            if (column.Kind != ColumnKind.Text)
                MemoryMarshal.Cast<RowMark, byte>(marks).Replace((byte)RowMark.Holds, (byte)RowMark.Violates);
            else
                TextRows.MarkBytes(batch.Column(column.Ordinal), marks, IsJson);
        });
    }

    internal static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
