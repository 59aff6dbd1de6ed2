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

    internal static CsvHeader Map(string file, IReadOnlyList<string> names, long line, CsvReadOptions options)
    {
        var exact = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (!exact.TryAdd(names[i], i))
                throw new SourceRefusedException(file, $"the header names the column '{names[i]}' twice", line);
        }

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
