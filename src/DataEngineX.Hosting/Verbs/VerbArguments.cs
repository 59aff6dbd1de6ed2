namespace DataEngineX.Hosting;

/// <summary>What followed a verb on the command line.</summary>
public sealed class VerbArguments
{
    private readonly IReadOnlyList<string> _options;

    /// <summary>Splits the command line after the verb.</summary>
    /// <param name="arguments">All that followed the verb: values, then options, which start with <c>--</c>.</param>
    public VerbArguments(IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var all = arguments.ToList();
        var first = all.FindIndex(a => a.StartsWith('-'));
        Values = first < 0 ? all : all[..first];
        _options = first < 0 ? [] : all[first..];
    }

    /// <summary>The values before the first option.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether a switch is there, given as <c>--name</c>.</summary>
    /// <param name="name">The name without dashes.</param>
    public bool Has(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _options.Contains($"--{name}", StringComparer.Ordinal);
    }

    /// <summary>The value of an option, given as <c>--name value</c> or <c>--name=value</c>; null when it is not there.</summary>
    /// <param name="name">The name without dashes.</param>
    public string? Option(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        for (var i = 0; i < _options.Count; i++)
        {
            if (string.Equals(_options[i], $"--{name}", StringComparison.Ordinal) && i + 1 < _options.Count)
                return _options[i + 1];
            if (_options[i].StartsWith($"--{name}=", StringComparison.Ordinal))
                return _options[i][(name.Length + 3)..];
        }

        return null;
    }
}
