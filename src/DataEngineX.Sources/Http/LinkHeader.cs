namespace DataEngineX.Sources;

/// <summary>Reads <c>Link</c> headers (RFC 8288): <c>&lt;address&gt;; rel="next", …</c>.</summary>
internal static class LinkHeader
{
    /// <summary>The address whose relation is <c>next</c>, or null.</summary>
    internal static string? Next(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (Next(value) is { } next)
                return next;
        }

        return null;
    }

    private static string? Next(string value)
    {
        var at = 0;
        while (value.IndexOf('<', at) is var open and >= 0 && value.IndexOf('>', open) is var close and > 0)
        {
            at = close + 1;
            if (IsNext(Parameters(value, ref at)))
                return value[(open + 1)..close].Trim();
        }

        return null;
    }

    /// <summary>The text up to the comma before the next link; commas in quotes do not count.</summary>
    private static string Parameters(string value, ref int at)
    {
        var start = at;
        var quoted = false;
        for (; at < value.Length && (quoted || value[at] != ','); at++)
        {
            if (value[at] == '\\' && quoted)
                at++;
            else if (value[at] == '"')
                quoted = !quoted;
        }

        at = Math.Min(at, value.Length);
        return value[start..at];
    }

    private static bool IsNext(string parameters)
    {
        foreach (var parameter in parameters.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !parameter.AsSpan(0, equals).Trim().Equals("rel", StringComparison.OrdinalIgnoreCase))
                continue;

            // The first rel counts; it may hold several relations.
            return parameter[(equals + 1)..].Trim().Trim('"').Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase);
        }

        return false;
    }
}
