using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Json;

namespace LakehouseExplorer.Output;

/// <summary>Cells as people read them: texts as they are, all else as JSON has it, without what would move the cursor.</summary>
internal static class CellText
{
    private const string Null = "null";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The text of a cell.</summary>
    /// <param name="column">The column.</param>
    /// <param name="row">The row.</param>
    /// <param name="nested">Tells nested values; null where the column has none.</param>
    internal static string Of(IArrowArray column, int row, JsonText? nested)
    {
        if (column.IsNull(row))
            return Null;
        if (nested is not null)
            return Visible(nested.Of(column, row));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
            CellJson.Write(writer, column, row);
        var json = Encoding.UTF8.GetString(stream.ToArray());
        if (!json.StartsWith('"'))
            return Visible(json);
        var text = JsonSerializer.Deserialize<string>(json)!;

        // A text that reads as null would be one, and an empty one would not be seen.
        return text is Null or "" ? $"\"{text}\"" : Visible(text);
    }

    internal static string Visible(string text)
    {
        if (!text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
            return text;
        var shown = new StringBuilder();
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }
}
