using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The texts of a table that its files store behind dictionaries, and may be read as indices into them.</summary>
internal static class TextDictionaryColumns
{
    /// <summary>Files that are opened to see; the others are read right all the same, but make dictionaries of what has none.</summary>
    private const int MostOpened = 4;

    /// <summary>The columns that have dictionaries in each of the files looked at.</summary>
    internal static async ValueTask<IReadOnlyCollection<string>> FindAsync(
        TableContext table, TableSchema columns, IEnumerable<DataFile> files, CancellationToken cancellationToken)
    {
        var texts = columns.Fields.Where(f => f.Field.DataType is StringType && !columns.IsPartition(f)).ToList();
        HashSet<string>? found = null;
        foreach (var file in texts.Count == 0 ? [] : files.Take(MostOpened))
        {
            var reader = await DataFileReader.OpenAsync(table, file, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                HashSet<string> stored = [.. FileBinding.Of(reader.File, texts, columns.Mapping)
                    .Where(c => c.Stored is { } column && reader.File.HasDictionaries(column)).Select(c => c.Wanted.Name)];
                found ??= stored;
                found.IntersectWith(stored);
            }
        }

        return found ?? [];
    }

    /// <summary>The same columns, some of them as indices.</summary>
    internal static TableSchema Keep(TableSchema columns, IReadOnlyList<string> kept) => kept.Count == 0
        ? columns
        : columns.With([.. columns.Fields.Select(f => kept.Contains(f.Name) ? f with { Field = AsIndices(f.Field) } : f)]);

    private static Field AsIndices(Field field) => new(field.Name, ParquetFile.KeptType, field.IsNullable, field.Metadata);
}
