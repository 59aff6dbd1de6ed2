using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Literals of expressions as JSON: text, bool, 64-bit integers and doubles as they are, all others with the name of their type.</summary>
internal static class ExprLiteral
{
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        writer.WritePropertyName("lit");
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            // A whole double would be read as an integer.
            case double number when double.IsFinite(number) && number != Math.Floor(number): writer.WriteNumberValue(number); break;
            case byte[] bytes: writer.WriteBase64StringValue(bytes); break;
            case double or float or Half or decimal or sbyte or byte or short or ushort or int or uint or ulong:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case DateTime time: writer.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            default: writer.WriteStringValue(RuleText.Of(value)); break;
        }

        if (TypeOf(value) is { } type)
            writer.WriteString("type", type);
    }

    public static object? Read(RuleReader reader)
    {
        var value = reader.Literal("lit");
        if (reader.OptionalText("type") is not { } type)
            return value;
        try
        {
            return Read(type, value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)!) ?? throw reader.Fault("type", $"there is no type '{type}' of literals.");
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new SuiteFormatException($"{reader.Path}.lit", $"'{value}' is no {type}.", error);
        }
    }

    private static string? TypeOf(object? value) => value switch
    {
        double number when !double.IsFinite(number) || number == Math.Floor(number) => "double",
        null or string or bool or long or double => null,
        sbyte => "int8",
        short => "int16",
        int => "int32",
        byte => "uint8",
        ushort => "uint16",
        uint => "uint32",
        ulong => "uint64",
        Half => "halffloat",
        float => "float",
        decimal => "decimal",
        byte[] => "binary",
        DateOnly => "date",
        TimeOnly => "time",
        DateTime => "timestamp",
        DateTimeOffset => "instant",
        _ => "duration",
    };

    private static object? Read(string type, string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        return type switch
        {
            "double" => double.Parse(text, invariant),
            "int8" => sbyte.Parse(text, invariant),
            "int16" => short.Parse(text, invariant),
            "int32" => int.Parse(text, invariant),
            "uint8" => byte.Parse(text, invariant),
            "uint16" => ushort.Parse(text, invariant),
            "uint32" => uint.Parse(text, invariant),
            "uint64" => ulong.Parse(text, invariant),
            "halffloat" => Half.Parse(text, invariant),
            "float" => float.Parse(text, invariant),
            "decimal" => decimal.Parse(text, invariant),
            "binary" => Convert.FromBase64String(text),
            "date" => DateOnly.ParseExact(text, "O", invariant),
            "time" => TimeOnly.ParseExact(text, "O", invariant),
            "timestamp" => DateTime.Parse(text, invariant, DateTimeStyles.RoundtripKind),
            "instant" => DateTimeOffset.Parse(text, invariant, DateTimeStyles.RoundtripKind),
            "duration" => TimeSpan.ParseExact(text, "c", invariant),
            _ => (object?)null,
        };
    }
}
