using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>A parameter of a rule in its one canonical form: a JSON value.</summary>
/// <param name="Name">The name, in snake case.</param>
/// <param name="Json">The value as JSON text; equal values have equal text.</param>
public sealed record RuleParameter(string Name, string Json)
{
    /// <summary>A parameter from a CLR value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">
    /// Null, bool, a number, text, a date or time (ISO 8601), a <see cref="TimeSpan"/>, an <see cref="Expr"/> (its canonical text)
    /// or a sequence of these.
    /// </param>
    /// <exception cref="ArgumentException">The type has no JSON form here.</exception>
    public static RuleParameter Of(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value);
        return new RuleParameter(name, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case double or float or Half when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case double or float or Half or decimal or sbyte or byte or short or ushort or int or uint or long or ulong:
                writer.WriteRawValue(ExactNumber.Canonical(value), skipInputValidation: true);
                break;
            case Expr expression:
                writer.WriteStringValue(expression.Canonical);
                break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(RuleText.Of(value));
                break;
        }
    }
}
