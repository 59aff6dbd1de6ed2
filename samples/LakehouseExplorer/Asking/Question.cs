using System.Globalization;

namespace LakehouseExplorer.Asking;

/// <summary>A question as the arguments put it.</summary>
public sealed record Question
{
    /// <summary>Days and instants of ISO 8601: of them nobody must guess which number is the month, or of which day a clock time is.</summary>
    private static readonly string[] Times =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] Versioned = ["cat", "schema", "files"];

    private static readonly Dictionary<string, string[]> Options = new(StringComparer.Ordinal)
    {
        ["--version"] = Versioned,
        ["--as-of"] = Versioned,
        ["--where"] = ["cat"],
        ["--from"] = ["changes"],
        ["--to"] = ["changes"],
        ["--output"] = [.. Versioned, "history", "changes"],
        ["--rows"] = [.. Versioned, "history", "changes"],
        ["--width"] = [.. Versioned, "history", "changes"],
    };

    /// <summary>What is asked.</summary>
    public Command Command { get; init; }

    /// <summary>The folder of the table.</summary>
    public string Table { get; init; } = "";

    /// <summary>The version asked for; null for the newest.</summary>
    public long? Version { get; init; }

    /// <summary>The time whose newest version is asked for.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>A condition in SQL.</summary>
    public string? Where { get; init; }

    /// <summary>The file for all rows; null for the terminal.</summary>
    public string? Output { get; init; }

    /// <summary>The first version whose changes are asked for.</summary>
    public long From { get; init; }

    /// <summary>The last version whose changes are asked for; null for the newest.</summary>
    public long? To { get; init; }

    /// <summary>Rows shown on the terminal at most; 0 for all.</summary>
    public int Rows { get; init; } = 40;

    /// <summary>Characters in a line; null for what the terminal has.</summary>
    public int? Width { get; init; }

    /// <summary>Reads arguments.</summary>
    /// <param name="arguments">As a shell gives them.</param>
    /// <exception cref="UsageException">They put no question that is known.</exception>
    public static Question Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Count == 0 || arguments.Any(a => a is "--help" or "-h" or "help"))
            return new Question();
        if (!Enum.TryParse<Command>(arguments[0], ignoreCase: true, out var command) || !char.IsAsciiLetter(arguments[0][0]))
            throw new UsageException($"'{arguments[0]}' is nothing that can be asked.");
        var (options, rest) = Split(arguments.Skip(1).ToList(), arguments[0].ToLowerInvariant());
        if (rest.Count != 1)
            throw new UsageException(rest.Count == 0 ? "The folder of a table is missing." : $"'{rest[1]}' is one argument too many.");
        if (command == Command.Changes && !options.ContainsKey("--from"))
            throw new UsageException("--from is missing: the first version whose changes are asked for.");
        if (options.ContainsKey("--version") && options.ContainsKey("--as-of"))
            throw new UsageException("--version and --as-of exclude each other.");
        return new Question
        {
            Command = command,
            Table = rest[0],
            Version = Number(options, "--version"),
            AsOf = Time(options, "--as-of"),
            Where = options.GetValueOrDefault("--where"),
            Output = options.GetValueOrDefault("--output"),
            From = Number(options, "--from") ?? 0,
            To = Number(options, "--to"),
            Rows = (int)Math.Min(Number(options, "--rows") ?? 40, int.MaxValue),
            Width = Number(options, "--width") is { } width ? (int)Math.Clamp(width, 20, 100_000) : null,
        };
    }

    private static (Dictionary<string, string> Options, List<string> Tables) Split(List<string> arguments, string command)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                rest.Add(argument);
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (!Options.TryGetValue(name, out var commands))
                throw new UsageException($"The option {name} is not known.");
            if (!commands.Contains(command, StringComparer.Ordinal))
                throw new UsageException($"{name} means nothing to {command}.");
            if (equals < 0 && ++i == arguments.Count)
                throw new UsageException($"{name} needs a value.");
            if (!options.TryAdd(name, equals < 0 ? arguments[i] : argument[(equals + 1)..]))
                throw new UsageException($"{name} is given twice.");
        }

        return (options, rest);
    }

    private static long? Number(Dictionary<string, string> options, string name)
    {
        if (!options.TryGetValue(name, out var text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"{name} needs a whole number from 0 on, not '{text}'.");
    }

    private static DateTimeOffset? Time(Dictionary<string, string> options, string name)
    {
        if (!options.TryGetValue(name, out var text))
            return null;
        return DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"{name} needs a time such as 2024-05-01T12:00:00Z, not '{text}'.");
    }
}
