using System.Globalization;
using System.Text;
using DataEngineX.Expressions;

namespace DataEngineX.Plans;

/// <summary>Writes the canonical form of a plan: one spelling for equal plans, the input of fingerprints and EXPLAIN.</summary>
/// <remarks>Values that differ from run to run (clock, seed, paths of scratch folders) must never be written.</remarks>
public sealed class CanonicalWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a named text.</summary>
    /// <param name="name">The field name.</param>
    /// <param name="value">The value; null writes nothing.</param>
    public CanonicalWriter Field(string name, string? value)
    {
        if (value is not null)
            _text.Append(' ').Append(name).Append('=').Append(Quote(value));
        return this;
    }

    /// <summary>Writes a named whole number.</summary>
    /// <param name="name">The field name.</param>
    /// <param name="value">The value.</param>
    public CanonicalWriter Field(string name, long value)
    {
        _text.Append(' ').Append(name).Append('=').Append(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Writes a named flag when it is set.</summary>
    /// <param name="name">The field name.</param>
    /// <param name="value">The flag.</param>
    public CanonicalWriter Flag(string name, bool value)
    {
        if (value)
            _text.Append(' ').Append(name);
        return this;
    }

    /// <summary>Writes a named expression.</summary>
    /// <param name="name">The field name.</param>
    /// <param name="value">The expression; null writes nothing.</param>
    public CanonicalWriter Field(string name, Expr? value)
    {
        if (value is not null)
            _text.Append(' ').Append(name).Append('=').Append(value.Canonical);
        return this;
    }

    /// <summary>Writes named items in order.</summary>
    /// <param name="name">The field name.</param>
    /// <param name="items">Each item's own canonical text.</param>
    public CanonicalWriter List(string name, IEnumerable<string> items)
    {
        _text.Append(' ').Append(name).Append("=[").AppendJoin(", ", items).Append(']');
        return this;
    }

    /// <summary>A text in double quotes with quotes, backslashes and control characters escaped.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                < ' ' => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();
}
