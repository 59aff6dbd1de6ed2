using System.Buffers;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>Values as text for samples and quarantine: text as it is, everything else as its JSON form without quotes.</summary>
internal static class CellText
{
    private const int MaxKept = 64 * 1024;

    [ThreadStatic]
    private static Scratch? _free;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One value; null for a null.</summary>
    public static string? Of(IArrowArray column, int row)
    {
        if (column is StringArray text)
            return text.GetString(row);
        if (column.IsNull(row))
            return null;
        var json = Json(writer => CellJson.Write(writer, column, row));
        return Bare(json);
    }

    /// <summary>Several values as a JSON object.</summary>
    public static string OfMany(RuleBatch batch, ReadOnlySpan<int> ordinals, int row) => ObjectJson(batch, ordinals, row, int.MaxValue);

    /// <summary>One value as text and as JSON, cut to a number of characters: a text of megabytes costs no more than a short one.</summary>
    public static (string? Text, string Json) Short(IArrowArray column, int row, int most)
    {
        if (column.IsNull(row))
            return (null, "null");
        if (column is StringArray)
        {
            var text = ShortText(column, row, most);
            return (text, Json(writer => writer.WriteStringValue(text)));
        }

        var json = Json(writer => Write(writer, column, row));
        var bare = Bare(json);
        // A long list or struct that is cut is no JSON any more but a text.
        return bare.Length <= most ? (bare, json) : (RuleText.Short(bare, most), Json(writer => writer.WriteStringValue(RuleText.Short(bare, most))));
    }

    /// <summary>Several values as a JSON object, each cut.</summary>
    public static string ObjectJson(RuleBatch batch, ReadOnlySpan<int> ordinals, int row, int most)
    {
        var positions = ordinals.ToArray();
        return Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var ordinal in positions)
            {
                writer.WritePropertyName(batch.Rows.Schema.GetFieldByIndex(ordinal).Name);
                var column = batch.Column(ordinal);
                if (most == int.MaxValue)
                    Write(writer, column, row);
                else
                    writer.WriteRawValue(Short(column, row, most).Json, skipInputValidation: true);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>JSON text from a writer. Buffer and writer are used again: thousands of failing values are told apart by their text.</summary>
    public static string Json(Action<Utf8JsonWriter> write)
    {
        // A call within a call finds none free and makes its own.
        var scratch = _free ?? new Scratch();
        _free = null;
        try
        {
            write(scratch.Writer);
            scratch.Writer.Flush();
            return Encoding.UTF8.GetString(scratch.Buffer.WrittenSpan);
        }
        finally
        {
            scratch.Buffer.ResetWrittenCount();
            scratch.Writer.Reset();
            // One that has grown for a text of megabytes is let go.
            _free = scratch.Buffer.Capacity <= MaxKept ? scratch : null;
        }
    }

    private static void Write(Utf8JsonWriter writer, IArrowArray column, int row)
    {
        if (CellJson.Supports(column.Data.DataType))
            CellJson.Write(writer, column, row);
        else
            writer.WriteStringValue($"<{column.Data.DataType.Name}>");
    }

    private static string Bare(string json) => json.Length >= 2 && json[0] == '"' ? JsonDocument.Parse(json).RootElement.GetString()! : json;

    private static string ShortText(IArrowArray column, int row, int most)
    {
        var bytes = new TextColumn(column)[row];
        // No character has more than four bytes; what is cut inside of one lies behind the cut of the characters.
        if (most < int.MaxValue / 4 && bytes.Length > (most + 1) * 4)
            bytes = bytes[..((most + 1) * 4)];
        return RuleText.Short(Encoding.UTF8.GetString(bytes), most)!;
    }

    private sealed class Scratch
    {
        public Scratch() => Writer = new Utf8JsonWriter(Buffer, Relaxed);

        public ArrayBufferWriter<byte> Buffer { get; } = new();

        public Utf8JsonWriter Writer { get; }
    }
}
