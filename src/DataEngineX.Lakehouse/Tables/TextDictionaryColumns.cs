using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The texts of a table that its files store behind dictionaries, and may be read as indices into them.</summary>
/// <remarks>Safe for many threads. The answer for the files seen last is kept, so that a table that is planned again is not opened again for it.</remarks>
internal sealed class TextDictionaryColumns
{
    /// <summary>Files that are opened to see; the others are read right all the same, but make dictionaries of what has none.</summary>
    private const int MostOpened = 4;

    private volatile Answer? _last;

    /// <summary>The columns that have dictionaries in each of the files looked at.</summary>
    internal async ValueTask<IReadOnlyCollection<string>> FindAsync(
        TableContext table, LogState state, TableSchema columns, IEnumerable<DataFile> files, CancellationToken cancellationToken)
    {
        var texts = columns.Fields.Where(f => f.Field.DataType is StringType && !columns.IsPartition(f)).ToList();
        if (texts.Count == 0)
            return [];
        var first = files.Take(MostOpened).ToList();
        var names = texts.ConvertAll(t => t.PhysicalName);
        var paths = first.ConvertAll(f => f.Path);
        if (_last is { } last && last.Columns.SequenceEqual(names, StringComparer.Ordinal) && last.Files.SequenceEqual(paths, StringComparer.Ordinal))
            return last.Found;
        var found = await LookAsync(table, state, texts, first, cancellationToken).ConfigureAwait(false);
        _last = new Answer(names, paths, found);
        return found;
    }

    private static async ValueTask<IReadOnlyCollection<string>> LookAsync(
        TableContext table, LogState state, List<DeltaField> texts, List<DataFile> files, CancellationToken cancellationToken)
    {
        // Side by side: each is a trip to the store.
        var looks = await Task.WhenAll(files.Select(file => LookAsync(table, state, texts, file, cancellationToken))).ConfigureAwait(false);
        HashSet<string>? found = null;
        foreach (var stored in looks)
        {
            found ??= stored;
            found.IntersectWith(stored);
        }

        return found ?? [];
    }

    private static async Task<HashSet<string>> LookAsync(
        TableContext table, LogState state, List<DeltaField> texts, DataFile file, CancellationToken cancellationToken)
    {
        var reader = await DataFileReader.OpenAsync(table, file, state.Version, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return [.. FileBinding.Of(reader.File, texts, state.Columns.Mapping)
                .Where(c => c.Stored is { } column && reader.File.HasDictionaries(column)).Select(c => c.Wanted.Name)];
        }
    }

    /// <summary>The same columns, some of them as indices.</summary>
    internal static TableSchema Keep(TableSchema columns, IReadOnlyList<string> kept) => kept.Count == 0
        ? columns
        : columns.With([.. columns.Fields.Select(f => kept.Contains(f.Name) ? f with { Field = AsIndices(f.Field) } : f)]);

    /// <summary>What was found, and where.</summary>
    private sealed record Answer(List<string> Columns, List<string> Files, IReadOnlyCollection<string> Found);

    private static Field AsIndices(Field field) => new(field.Name, ParquetFile.KeptType, field.IsNullable, field.Metadata);
}
