using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Decides whether the first record names the columns.</summary>
internal static class CsvHeaderGuess
{
    /// <summary>Whether it does, and why.</summary>
    /// <param name="records">The records, those with the wrong number of fields left out.</param>
    /// <param name="rest">The types of the columns without the first record.</param>
    /// <param name="all">The types of the columns with it.</param>
    internal static (bool HasHeader, string Reason) Decide(IReadOnlyList<CsvRecord> records, IReadOnlyList<CsvTypeGuess> rest, IReadOnlyList<CsvTypeGuess> all)
    {
        var names = records[0].Fields.Select(static f => f.Trim()).ToList();
        var missing = names.IndexOf("");
        if (missing >= 0)
            return (false, $"field {missing + 1} of the first record is empty");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            return (false, "the first record holds a text twice");
        for (var i = 0; i < names.Count; i++)
        {
            if (rest[i].Values > 0 && rest[i].Type is not StringType && all[i].Type is StringType)
                return (true, $"'{names[i]}' is no {Expressions.ArrowTypes.NameOf(rest[i].Type)}, as what follows it is");
        }

        if (rest.Any(static g => g.Values > 0 && g.Type is not StringType))
            return (false, "the first record has the types of those that follow");
        if (records.Count == 1)
            return names.TrueForAll(IsName) ? (true, "it is the only record and looks like names") : (false, "it is the only record and does not look like names");
        for (var i = 0; i < names.Count; i++)
        {
            if (records.Skip(1).Any(r => r.Fields[i].Trim() == names[i]))
                return (false, $"'{names[i]}' comes again in its column");
        }

        return names.TrueForAll(IsName)
            ? (true, "all columns are texts, and the first record looks like names")
            : (false, "all columns are texts, and the first record does not look like names");
    }

    private static bool IsName(string text) =>
        text.Length <= 64 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(static c => char.IsLetterOrDigit(c) || c is '_' or ' ' or '-' or '.' or '(' or ')' or '/' or '%' or '#');
}
