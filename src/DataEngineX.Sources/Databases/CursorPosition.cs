using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Sources;

/// <summary>Up to where a table is done: a value of the cursor column, and which or how many rows of just that value.</summary>
/// <param name="Value">The value as the provider gives it: a number, time or text.</param>
/// <param name="Ties">Hashes of the keys of the rows with that value, in order; null when there are too many or the rows have no key.</param>
/// <param name="Count">How many rows have that value.</param>
internal sealed record CursorPosition(object Value, ulong[]? Ties, long Count)
{
    internal static CursorPosition Parse(string text, DatasetId dataset)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var value = ValueOf(root.GetProperty("type").GetString()!, root.GetProperty("value").GetString()!);
            var ties = root.TryGetProperty("ties", out var known) ? Hashes(known.GetBytesFromBase64()) : null;
            return new CursorPosition(value, ties, root.GetProperty("count").GetInt64());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new DataEngineXException($"'{text}' is not a position of {dataset}.", e);
        }
    }

    public override string ToString()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            var (type, value) = TextOf(Value);
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("value", value);
            json.WriteNumber("count", Count);
            if (Ties is not null)
                json.WriteBase64String("ties", Bytes(Ties));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    internal static (string Type, string Text) TextOf(object value) => value switch
    {
        DateTime t => (t.Kind == DateTimeKind.Utc ? "utc" : "time", t.Ticks.ToString(CultureInfo.InvariantCulture)),
        DateTimeOffset t => ("instant", t.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly d => ("day", d.ToString("O", CultureInfo.InvariantCulture)),
        decimal m => ("decimal", m.ToString(CultureInfo.InvariantCulture)),
        double d => ("double", d.ToString("R", CultureInfo.InvariantCulture)),
        float f => ("double", ((double)f).ToString("R", CultureInfo.InvariantCulture)),
        byte or short or int or long => ("int", Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)),
        string s => ("text", s),
        _ => throw new PlanException($"a cursor column cannot hold {value.GetType().Name}: use a number, a time or a text", "scan"),
    };

    private static object ValueOf(string type, string text) => type switch
    {
        "utc" => new DateTime(long.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc),
        "time" => new DateTime(long.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Unspecified),
        "instant" => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture),
        "day" => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture),
        "decimal" => decimal.Parse(text, CultureInfo.InvariantCulture),
        "double" => double.Parse(text, CultureInfo.InvariantCulture),
        "int" => long.Parse(text, CultureInfo.InvariantCulture),
        "text" => text,
        _ => throw new FormatException(type),
    };

    private static byte[] Bytes(ulong[] hashes)
    {
        var bytes = new byte[hashes.Length * sizeof(ulong)];
        for (var i = 0; i < hashes.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), hashes[i]);
        return bytes;
    }

    private static ulong[] Hashes(byte[] bytes)
    {
        var hashes = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)));
        return hashes;
    }
}
