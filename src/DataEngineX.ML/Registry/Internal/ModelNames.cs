using System.Globalization;

namespace DataEngineX.ML.Internal;

/// <summary>What may stand for an alias or a version.</summary>
internal static class ModelNames
{
    private const int MaxAliasLength = 64;

    public static bool IsAlias(string text)
    {
        if (text.Length is 0 or > MaxAliasLength)
            return false;
        var digits = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
            if (char.IsAsciiDigit(c))
                digits++;
        }

        return digits < text.Length;
    }

    public static bool TryVersion(string text, out int version)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 0;

    public static string RequireAlias(string alias)
    {
        ArgumentNullException.ThrowIfNull(alias);
        return IsAlias(alias)
            ? alias
            : throw new ArgumentException(
                $"'{alias}' is not an alias: use letters, digits, '_' and '-', at most {MaxAliasLength}, and not a number.", nameof(alias));
    }
}
