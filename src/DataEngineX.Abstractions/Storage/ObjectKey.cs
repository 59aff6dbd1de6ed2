namespace DataEngineX;

/// <summary>
/// The rules for object keys: relative paths of non-empty segments separated by '/', that cannot leave the store's root.
/// </summary>
public static class ObjectKey
{
    /// <summary>The prefix of file names that stores use for unfinished writes. No segment of a key may start with it.</summary>
    public const string ReservedPrefix = ".dex-tmp-";

    /// <summary>Checks a key and gives it back, so that it can be used inline.</summary>
    /// <param name="key">The key.</param>
    /// <returns><paramref name="key"/> itself.</returns>
    /// <exception cref="ArgumentException">The key is empty, rooted, has an empty, '.' or '..' segment, a backslash, a control
    /// character, or a segment starting with <see cref="ReservedPrefix"/>.</exception>
    public static string Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Flaw(key) is { } flaw ? throw new ArgumentException($"'{Shown(key)}' is not an object key: {flaw}.", nameof(key)) : key;
    }

    /// <summary>Tells whether a text is a key that every store accepts.</summary>
    /// <param name="key">The text.</param>
    /// <returns>True when <see cref="Validate"/> would not throw.</returns>
    public static bool IsValid(string? key) => key is not null && Flaw(key) is null;

    /// <summary>Checks the prefix of a listing: empty, or the beginning of a key, which may end in '/' or inside a segment.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns><paramref name="prefix"/> itself.</returns>
    /// <exception cref="ArgumentException">No key could start with it.</exception>
    public static string ValidatePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length == 0)
            return prefix;
        var whole = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        return Flaw(whole) is { } flaw
            ? throw new ArgumentException($"'{Shown(prefix)}' is not the beginning of an object key: {flaw}.", nameof(prefix))
            : prefix;
    }

    /// <summary>Joins two parts with one '/' and checks the result.</summary>
    /// <param name="left">The first part; empty means the root.</param>
    /// <param name="right">The second part.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The result is not a key.</exception>
    public static string Combine(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return Validate(left.Length == 0 ? right : $"{left.TrimEnd('/')}/{right}");
    }

    private static string? Flaw(string key)
    {
        if (key.Length == 0)
            return "it is empty";
        if (key[0] == '/')
            return "it is rooted";
        if (key.Length > 2 && key[1] == ':' && char.IsAsciiLetter(key[0]) && key[2] == '/')
            return "it is rooted";
        foreach (var c in key)
        {
            if (c == '\\')
                return "it holds a backslash";
            if (char.IsControl(c))
                return "it holds a control character";
        }

        foreach (var range in key.AsSpan().Split('/'))
        {
            var segment = key.AsSpan(range);
            if (segment.IsEmpty)
                return "it has an empty segment";
            if (segment is "." or "..")
                return $"it has a '{segment}' segment";
            if (segment.StartsWith(ReservedPrefix, StringComparison.Ordinal))
                return $"a segment starts with the reserved '{ReservedPrefix}'";
        }

        return null;
    }

    // A hostile key must not be able to forge lines in a log that shows the message.
    private static string Shown(string key)
    {
        var shown = key.Length > 200 ? string.Concat(key.AsSpan(0, 200), "…") : key;
        return string.Create(shown.Length, shown, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) ? '\uFFFD' : text[i];
        });
    }
}
