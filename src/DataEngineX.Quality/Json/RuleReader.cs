using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>One rule of a suite in JSON: gives its parameters by name and knows which were never asked for.</summary>
public sealed class RuleReader
{
    private readonly JsonElement _element;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    internal RuleReader(JsonElement element, string path)
    {
        _element = element;
        Path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw new SuiteFormatException(path, $"an object is wanted, not {element.ValueKind}.");
    }

    /// <summary>Where the rule stands, such as <c>$.rules[2]</c>.</summary>
    public string Path { get; }

    /// <summary>Whether a parameter is there; null counts.</summary>
    /// <param name="name">The parameter.</param>
    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>A parameter as JSON, or null when it is not there.</summary>
    /// <param name="name">The parameter.</param>
    public JsonElement? Find(string name)
    {
        _used.Add(name);
        return _element.TryGetProperty(name, out var value) ? value : null;
    }

    /// <summary>A text.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is missing or no text.</exception>
    public string Text(string name) => OptionalText(name) ?? throw Fault(name, "it is missing.");

    /// <summary>A text, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no text.</exception>
    public string? OptionalText(string name) => Find(name) is not { } value || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Fault(name, "a text is wanted.");

    /// <summary>A bool.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="otherwise">What it is when it is not there. <value>Default: false.</value></param>
    /// <exception cref="SuiteFormatException">It is no bool.</exception>
    public bool Flag(string name, bool otherwise = false) => Find(name) is not { } value || value.ValueKind == JsonValueKind.Null ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Fault(name, "true or false is wanted.");

    /// <summary>A number, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no number.</exception>
    public double? Number(string name) => Find(name) is not { } value || value.ValueKind == JsonValueKind.Null ? null : NumberOf(value, name);

    /// <summary>A whole number, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no whole number.</exception>
    public long? Whole(string name) => Find(name) is not { } value || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : throw Fault(name, "a whole number is wanted.");

    /// <summary>Null, a bool, a number or a text.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is a list or an object.</exception>
    public object? Literal(string name) => Find(name) is { } value ? LiteralOf(value, $"{Path}.{name}") : null;

    /// <summary>A list of literals, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no list, or holds something else.</exception>
    public IReadOnlyList<object?>? Literals(string name) => Items(name)?.Select((v, i) => LiteralOf(v, $"{Path}.{name}[{i}]")).ToList();

    /// <summary>A list of texts, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no list, or holds something else.</exception>
    public IReadOnlyList<string>? Texts(string name) => Items(name)?
        .Select((v, i) => v.ValueKind == JsonValueKind.String ? v.GetString()! : throw new SuiteFormatException($"{Path}.{name}[{i}]", "a text is wanted."))
        .ToList();

    /// <summary>A list of numbers, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no list, or holds something else.</exception>
    public IReadOnlyList<double>? Numbers(string name) => Items(name)?.Select((v, i) => NumberOf(v, $"{name}[{i}]")).ToList();

    /// <summary>The one column of the rule.</summary>
    /// <exception cref="SuiteFormatException">There is none.</exception>
    public string Column() => Text("column");

    /// <summary>The columns of the rule, also when it is one.</summary>
    /// <exception cref="SuiteFormatException">There is none.</exception>
    public IReadOnlyList<string> Columns() =>
        OptionalText("column") is { } column ? [column] : Texts("columns") ?? throw Fault("columns", "it is missing.");

    /// <summary>The items of a list, or null.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="SuiteFormatException">It is no list.</exception>
    public IReadOnlyList<JsonElement>? Items(string name) => Find(name) is not { } value || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
        : throw Fault(name, "a list is wanted.");

    /// <summary>One of some words.</summary>
    /// <typeparam name="T">The type of what they stand for.</typeparam>
    /// <param name="name">The parameter.</param>
    /// <param name="otherwise">What it is when it is not there.</param>
    /// <param name="words">The words and what each stands for.</param>
    /// <exception cref="SuiteFormatException">It is none of them.</exception>
    public T Word<T>(string name, T otherwise, params IReadOnlyList<(string Word, T Value)> words)
    {
        if (OptionalText(name) is not { } text)
            return otherwise;
        ArgumentNullException.ThrowIfNull(words);
        foreach (var (word, value) in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
                return value;
        }

        throw Fault(name, $"'{text}' is none of {string.Join(", ", words.Select(w => w.Word))}.");
    }

    /// <summary>The error for a parameter.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    public SuiteFormatException Fault(string name, string problem) => new($"{Path}.{name}", problem);

    /// <summary>Refuses what nobody asked for: a word that is spelt wrongly must not pass for one that is missing.</summary>
    internal void Done()
    {
        foreach (var property in _element.EnumerateObject())
        {
            if (!_used.Contains(property.Name))
                throw Fault(property.Name, $"there is no such key here; there are {string.Join(", ", _used.Order(StringComparer.Ordinal))}.");
        }
    }

    internal static object? LiteralOf(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => NumberLiteral(value),
        _ => throw new SuiteFormatException(path, "null, true, false, a number or a text is wanted."),
    };

    private static object NumberLiteral(JsonElement value)
    {
        if (value.TryGetInt64(out var whole))
            return whole;
        // A decimal keeps digits that a double has not.
        var number = value.GetDouble();
        return double.IsFinite(number) && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && ExactNumber.Canonical(exact) != ExactNumber.Canonical(number) ? exact : number;
    }

    private double NumberOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when RuleText.Spelled(value.GetString()) is double number => number,
        _ => throw Fault(name, "a number is wanted."),
    };
}
