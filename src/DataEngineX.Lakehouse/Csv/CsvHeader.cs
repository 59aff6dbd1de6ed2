using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>The names a file carries, and where the columns wanted stand among them.</summary>
/// <param name="Names">The names of the header, or of the schema when there is no header.</param>
/// <param name="Columns">The columns wanted, without origin columns.</param>
/// <param name="Ordinals">For each column its field, or -1 for one that may be missing and is.</param>
internal sealed record CsvHeader(IReadOnlyList<string> Names, Schema Columns, int[] Ordinals)
{
    /// <summary>Whether the names stand in the file.</summary>
    internal bool IsNamed { get; init; } = true;

    internal static CsvHeader WithoutNames(Schema schema) =>
        new([.. schema.FieldsList.Select(f => f.Name)], schema, [.. Enumerable.Range(0, schema.FieldsList.Count)]) { IsNamed = false };

    /// <summary>The names of a header: what stands in it without the blanks around, and a name by its place where nothing does.</summary>
    internal static string[] NamesOf(CsvRecord record)
    {
        var names = record.Fields.Select(static f => f.Trim()).ToArray();
        var taken = names.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0)
                continue;
            var name = NameAt(i);
            while (!taken.Add(name))
                name += "_";
            names[i] = name;
        }

        return names;
    }

    /// <summary>The name of a column that has none.</summary>
    internal static string NameAt(int place) => string.Create(CultureInfo.InvariantCulture, $"column{place + 1}");

    /// <summary>Refuses a header that names a column twice.</summary>
    internal static void CheckDistinct(string file, IReadOnlyList<string> names, long line)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.FirstOrDefault(n => !seen.Add(n)) is { } twice)
            throw new SourceRefusedException(file, $"the header names the column '{twice}' twice", line);
    }

    internal static CsvHeader Map(string file, IReadOnlyList<string> names, long line, CsvReadOptions options)
    {
        CheckDistinct(file, names, line);
        var exact = names.Select(static (n, i) => KeyValuePair.Create(n, i)).ToDictionary(StringComparer.Ordinal);
        if (options.Schema is not { } wanted)
        {
            var all = new Schema(names.Select(n => new Field(n, StringType.Default, nullable: true)), null);
            return new CsvHeader(names, all, [.. Enumerable.Range(0, names.Count)]);
        }

        var snake = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
            snake.TryAdd(JsonNamingPolicy.SnakeCaseLower.ConvertName(names[i]), i);
        var ordinals = new int[wanted.FieldsList.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            var field = wanted.FieldsList[i];
            if (!exact.TryGetValue(field.Name, out ordinals[i]) && !snake.TryGetValue(field.Name, out ordinals[i]))
            {
                ordinals[i] = options.AllowMissingNullableColumns && field.IsNullable
                    ? -1
                    : throw new SourceRefusedException(
                        file, $"the header has no column '{field.Name}'; it has {string.Join(", ", names.Select(n => $"'{n}'"))}", line);
            }
        }

        return new CsvHeader(names, wanted, ordinals);
    }
}
