using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Decides whether the first record names the columns.</summary>
/// <remarks>
/// Types decide where there are any: a text above numbers is a name. Where all columns are texts the first record is the header, as in most files, unless it
/// plainly is data: to take a name for a value spoils every column, to take a value for a name loses one row.
/// </remarks>
internal static class CsvHeaderGuess
{
    private const int MostNameLength = 200;

    /// <summary>Whether it does, and why.</summary>
    /// <param name="records">The records, those with the wrong number of fields left out.</param>
    /// <param name="rest">The types of the columns without the first record.</param>
    /// <param name="all">The types of the columns with it.</param>
    internal static (bool HasHeader, string Reason) Decide(IReadOnlyList<CsvRecord> records, IReadOnlyList<CsvTypeGuess> rest, IReadOnlyList<CsvTypeGuess> all)
    {
        var names = records[0].Fields.Select(static f => f.Trim()).ToList();
        if (names.TrueForAll(static n => n.Length == 0))
            return (false, "the first record is empty");
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length > 0 && rest[i].Values > 0 && rest[i].Type is not StringType && all[i].Type is StringType)
                return (true, $"'{names[i]}' is no {Expressions.ArrowTypes.NameOf(rest[i].Type)}, as what follows it is");
        }

        var value = names.Find(IsValue);
        if (IsIndex(names, rest) && value is null)
            return (true, "the first column has a value everywhere but in the first record, as the numbers of rows have");
        if (rest.Any(static g => g.Values > 0 && g.Type is not StringType))
            return (false, "the first record has the types of those that follow");
        if (value is not null)
            return (false, $"'{value}' is a value rather than a name");
        if (records.Count == 1)
            return (true, "it is the only record and looks like names");
        return ComesAgain(records, names)
            ? (false, "each text of the first record comes again in its column, and more than once")
            : (true, "all columns are texts, and the first record looks like names");
    }

    /// <summary>Whether the first field has no name and stands above a column of values without a gap: pandas writes the index of its rows so.</summary>
    private static bool IsIndex(List<string> names, IReadOnlyList<CsvTypeGuess> rest) =>
        names.Count > 1 && names[0].Length == 0 && names.Count(static n => n.Length == 0) == 1
        && rest[0] is { Values: > 0, Nulls: 0, Type: not StringType }
        && rest.Skip(1).All(static g => g.Type is StringType);

    /// <summary>One repetition is no evidence: a status named 'state' may be 'state'.</summary>
    private static bool ComesAgain(IReadOnlyList<CsvRecord> records, List<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length > 0 && records.Skip(1).Where(r => r.Fields[i].Trim() == names[i]).Take(2).Count() < 2)
                return false;
        }

        return true;
    }

    /// <summary>Whether a text is plainly no name: a number, a day or another typed value, an address, or prose.</summary>
    private static bool IsValue(string text)
    {
        if (text.Length == 0)
            return false;
        if (text.Length > MostNameLength || text.Contains("://", StringComparison.Ordinal) || text.AsSpan(0, text.Length - 1).LastIndexOf('@') > 0)
            return true;
        var type = new CsvTypeGuess(new CsvNumberFormat((byte)'.', CsvDialect.Unused));
        type.Add(text, isQuoted: false, line: 1);
        return type.Values == 0 || type.Type is not StringType;
    }
}
