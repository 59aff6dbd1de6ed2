using System.Globalization;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The names of the files in a table's log folder.</summary>
internal static class LogNames
{
    internal const string Folder = "_delta_log";

    internal const string LastCheckpoint = "_last_checkpoint";

    internal static string Entry(long version) => string.Create(CultureInfo.InvariantCulture, $"{version:D20}.json");

    internal static string Checkpoint(long version) => string.Create(CultureInfo.InvariantCulture, $"{version:D20}.checkpoint.parquet");

    internal const string Sidecars = "_sidecars";

    internal static string Prefix(long version) => version.ToString("D20", CultureInfo.InvariantCulture);

    internal static bool TryParseEntry(ReadOnlySpan<char> name, out long version)
    {
        version = 0;
        return name.Length == 25 && name.EndsWith(".json", StringComparison.Ordinal) && TryParseVersion(name, out version);
    }

    /// <summary>Reads <c>N.checkpoint.parquet</c> and <c>N.checkpoint.PART.PARTS.parquet</c>; see <see cref="TryParseNamedCheckpoint"/> for the others.</summary>
    internal static bool TryParseCheckpoint(ReadOnlySpan<char> name, out long version, out int part, out int parts)
    {
        version = 0;
        part = parts = 1;
        const string Single = ".checkpoint.parquet";
        if (name.Length < 20 + Single.Length || !TryParseVersion(name, out version))
            return false;
        var rest = name[20..];
        if (rest.SequenceEqual(Single))
            return true;
        return rest.Length == ".checkpoint.".Length + 10 + 1 + 10 + ".parquet".Length
            && rest.StartsWith(".checkpoint.", StringComparison.Ordinal) && rest.EndsWith(".parquet", StringComparison.Ordinal) && rest[22] == '.'
            && int.TryParse(rest.Slice(12, 10), NumberStyles.None, CultureInfo.InvariantCulture, out part)
            && int.TryParse(rest.Slice(23, 10), NumberStyles.None, CultureInfo.InvariantCulture, out parts)
            && part >= 1 && part <= parts;
    }

    /// <summary>Reads <c>N.checkpoint.UUID.json</c> and <c>N.checkpoint.UUID.parquet</c>.</summary>
    internal static bool TryParseNamedCheckpoint(ReadOnlySpan<char> name, out long version)
    {
        version = 0;
        const string Middle = ".checkpoint.";
        if (name.Length < 20 + Middle.Length || !TryParseVersion(name, out version) || !name[20..].StartsWith(Middle, StringComparison.Ordinal))
            return false;
        var rest = name[(20 + Middle.Length)..];
        return rest.Length > 36 && Guid.TryParseExact(rest[..36], "D", out _) && rest[36..] is ".json" or ".parquet";
    }

    /// <summary>Reads the version that a name begins with.</summary>
    internal static bool TryParseVersion(ReadOnlySpan<char> name, out long version)
    {
        version = 0;
        return name.Length > 20 && long.TryParse(name[..20], NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
