using System.Diagnostics.CodeAnalysis;

namespace DataEngineX;

/// <summary>The name of anything data is read from or written to: a namespace and a name in it.</summary>
/// <remarks>
/// Tables of the lakehouse have their layer, in lower case, as namespace: <c>silver/observations</c>.
/// Files, databases and models use namespaces of their own (<c>file</c>, <c>models</c>).
/// </remarks>
public sealed record DatasetId
{
    /// <summary>The namespace of registered models.</summary>
    public const string ModelNamespace = "models";

    private const int MaxNameLength = 128;

    /// <summary>Creates an id from its two parts.</summary>
    /// <param name="namespace">The namespace; not empty.</param>
    /// <param name="name">The name inside the namespace; not empty.</param>
    public DatasetId(string @namespace, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(@namespace);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Namespace = @namespace;
        Name = name;
    }

    /// <summary>The namespace, for a table the lower-case name of its layer.</summary>
    public string Namespace { get; }

    /// <summary>The name inside <see cref="Namespace"/>.</summary>
    public string Name { get; }

    /// <summary>The layer of a lakehouse table, or null for a dataset outside the lakehouse.</summary>
    public Layer? Layer => TryParseLayer(Namespace, out var layer) ? layer : null;

    /// <summary>The id of a lakehouse table.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Letters, digits, '_', '-' and '.', at most 128, starting with a letter or digit, without "..".</param>
    /// <exception cref="ArgumentException">The name could not be a folder of its own below the layer.</exception>
    public static DatasetId Table(Layer layer, string name)
    {
        if (!IsTableName(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a table name: use letters, digits, '_', '-' and '.', at most {MaxNameLength}, starting with a letter or digit.",
                nameof(name));
        }

        return new DatasetId(NamespaceOf(layer), name);
    }

    /// <summary>The id of a registered model.</summary>
    /// <param name="name">A name that <see cref="IsTableName"/> accepts.</param>
    public static DatasetId Model(string name) => IsTableName(name)
        ? new DatasetId(ModelNamespace, name)
        : throw new ArgumentException($"'{name}' is not a model name: use letters, digits, '_', '-' and '.'.", nameof(name));

    /// <summary>Whether a name may stand for a table or model, so that it cannot leave its folder.</summary>
    /// <param name="name">The name to test.</param>
    public static bool IsTableName([NotNullWhen(true)] string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxNameLength || !char.IsAsciiLetterOrDigit(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
                return false;
        }

        return !name.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>Reads a layer from its name in any case.</summary>
    /// <param name="text">The text, such as <c>silver</c>.</param>
    /// <param name="layer">The layer read.</param>
    public static bool TryParseLayer(string? text, out Layer layer)
    {
        layer = default;
        return !string.IsNullOrEmpty(text) && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out layer);
    }

    /// <summary>Reads <c>namespace/name</c>, split at the first slash that is not one of a scheme: <c>postgres://host:5432/db.public.daily</c> has two parts.</summary>
    /// <param name="text">The text form of an id.</param>
    public static DatasetId Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (scheme > 0 && slash == scheme + 1)
            slash = text.IndexOf('/', scheme + 3);
        return slash > 0 && slash < text.Length - 1
            ? new DatasetId(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"'{text}' is not a dataset id of the form namespace/name.");
    }

    /// <summary>The text form, <c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";

    private static string NamespaceOf(Layer layer) => layer switch
    {
        DataEngineX.Layer.Raw => "raw",
        DataEngineX.Layer.Bronze => "bronze",
        DataEngineX.Layer.Silver => "silver",
        DataEngineX.Layer.Gold => "gold",
        DataEngineX.Layer.Quarantine => "quarantine",
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "Unknown layer."),
    };
}
