using System.Globalization;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>How values of rules are spelled in words and canonical text.</summary>
internal static class RuleText
{
    public const int MaxSampleLength = 200;

    /// <summary>The invariant spelling of a literal.</summary>
    /// <exception cref="ArgumentException">A rule cannot hold a value of this type.</exception>
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        double or float or Half when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) =>
            Convert.ToString(value, CultureInfo.InvariantCulture)!,
        double or float or Half or decimal or sbyte or byte or short or ushort or int or uint or long or ulong => ExactNumber.Canonical(value),
        _ => throw new ArgumentException(
            $"A rule cannot hold a {value.GetType()}: use bool, a number, text, DateOnly, DateTime, DateTimeOffset, TimeOnly or TimeSpan.", nameof(value)),
    };

    /// <summary>The number a text spells that JSON cannot write, NaN or an infinity; else the value itself.</summary>
    public static object? Spelled(object? value) => value switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => value,
    };

    /// <summary>Literals in words: text in quotes, long lists cut.</summary>
    public static string List(IReadOnlyList<object> values)
    {
        const int Shown = 10;
        var text = new StringBuilder("{").AppendJoin(", ", values.Take(Shown).Select(v => v is string s ? $"'{s}'" : Of(v)));
        if (values.Count > Shown)
            text.Append(CultureInfo.InvariantCulture, $", and {values.Count - Shown} more");
        return text.Append('}').ToString();
    }

    /// <summary>A text of a number of characters at most; what is cut ends with an ellipsis.</summary>
    public static string? Short(string? text, int most = MaxSampleLength) => text is null || text.Length <= most || most < 2
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");

    /// <summary>What an error says, without the name of a parameter, which tells nothing to those who wrote its value as data.</summary>
    public static string Reason(Exception error)
    {
        var end = error is ArgumentException ? error.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        if (end <= 0)
            return error.Message;
        return error is ArgumentOutOfRangeException { ActualValue: { } actual } ? $"{error.Message[..end]} It is {Of(actual)}." : error.Message[..end];
    }
}
