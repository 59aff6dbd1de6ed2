namespace QualityCheck.Commands;

/// <summary>The options of a command: <c>--name value</c> or <c>--name=value</c>, and flags that stand alone.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    private Arguments()
    {
    }

    /// <summary>Reads what follows the command.</summary>
    /// <param name="command">The command, for messages.</param>
    /// <param name="args">What follows it.</param>
    /// <param name="options">The options that take a value.</param>
    /// <param name="flags">The options that take none.</param>
    /// <exception cref="UsageException">Something is unknown, is given twice or lacks its value.</exception>
    public static Arguments Read(string command, ReadOnlySpan<string> args, string[] options, string[] flags)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var text = args[i];
            if (!text.StartsWith("--", StringComparison.Ordinal) || text.Length == 2)
                throw new UsageException($"'{command}' does not know what '{text}' means; every option starts with '--'");
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? text : text[..equals];
            string? value = null;
            if (flags.Contains(name))
            {
                if (equals >= 0)
                    throw new UsageException($"{name} takes no value");
            }
            else if (!options.Contains(name))
            {
                throw new UsageException($"'{command}' has no option {name}; it has {string.Join(", ", options.Concat(flags))}");
            }
            else if (equals >= 0)
            {
                value = text[(equals + 1)..];
            }
            else
            {
                value = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
                    ? args[++i]
                    : throw new UsageException($"{name} needs a value");
            }

            if (value?.Length == 0)
                throw new UsageException($"{name} needs a value");
            if (!read._values.TryAdd(name, value))
                throw new UsageException($"{name} is given twice");
        }

        return read;
    }

    /// <summary>Whether a flag is there.</summary>
    /// <param name="flag">The flag.</param>
    public bool Has(string flag) => _values.ContainsKey(flag);

    /// <summary>Which of a flag and its opposite is there: true, false, or null for neither.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="opposite">Its opposite.</param>
    /// <exception cref="UsageException">Both are there.</exception>
    public bool? Either(string flag, string opposite) => (Has(flag), Has(opposite)) switch
    {
        (true, true) => throw new UsageException($"{flag} and {opposite} exclude each other"),
        (false, false) => null,
        var (given, _) => given,
    };

    /// <summary>A value, or null.</summary>
    /// <param name="option">The option.</param>
    public string? Find(string option) => _values.GetValueOrDefault(option);

    /// <summary>A value that must be there.</summary>
    /// <param name="option">The option.</param>
    /// <exception cref="UsageException">It is not there.</exception>
    public string Get(string option) => Find(option) ?? throw new UsageException($"{option} is missing");

    /// <summary>The names in a list with commas; none when the option is missing.</summary>
    /// <param name="option">The option.</param>
    public IReadOnlyList<string> List(string option) =>
        Find(option)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>One of some words.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words; the first is the default.</param>
    /// <exception cref="UsageException">It is none of them.</exception>
    public string OneOf(string option, params string[] words) => Find(option) is not { } value ? words[0]
        : words.Contains(value) ? value
        : throw new UsageException($"{option} must be one of {string.Join(", ", words)}, not '{value}'");
}
