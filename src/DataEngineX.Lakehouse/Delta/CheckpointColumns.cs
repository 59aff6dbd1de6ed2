using Parquet;
using Parquet.Schema;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The columns of one row group of a checkpoint, one value for each row; a column that is not there is null in every row.</summary>
internal sealed class CheckpointColumns(ParquetRowGroupReader group, IReadOnlyDictionary<string, DataField> fields, CancellationToken cancellationToken)
{
    private readonly int _rows = checked((int)group.RowCount);

    internal async ValueTask<string?[]> TextsAsync(string path)
    {
        var texts = new string?[_rows];
        await ReadAsync<ReadOnlyMemory<char>>(path, (row, value) => texts[row] = value?.ToString()).ConfigureAwait(false);
        return texts;
    }

    internal async ValueTask<long?[]> NumbersAsync(string path)
    {
        var numbers = new long?[_rows];
        await ReadAsync<long>(path, (row, value) => numbers[row] = value).ConfigureAwait(false);
        return numbers;
    }

    internal async ValueTask<int?[]> IntegersAsync(string path)
    {
        var numbers = new int?[_rows];
        await ReadAsync<int>(path, (row, value) => numbers[row] = value).ConfigureAwait(false);
        return numbers;
    }

    /// <summary>A list of texts, under any of the names that writers give its inner parts.</summary>
    internal async ValueTask<List<string>?[]> ListsAsync(string path)
    {
        var lists = new List<string>?[_rows];
        var inner = fields.Keys.FirstOrDefault(k => k.StartsWith(path + ".", StringComparison.Ordinal));
        if (inner is not null)
        {
            await ReadAsync<ReadOnlyMemory<char>>(inner, (row, value) =>
            {
                if (value is { } text)
                    (lists[row] ??= []).Add(text.ToString());
            }).ConfigureAwait(false);
        }

        return lists;
    }

    /// <summary>A map of texts. Keys may not be null, values may.</summary>
    internal async ValueTask<Dictionary<string, string?>?[]> MapsAsync(string path)
    {
        var maps = new Dictionary<string, string?>?[_rows];
        var prefix = path + ".";
        var key = fields.Keys.FirstOrDefault(k => k.StartsWith(prefix, StringComparison.Ordinal) && k.EndsWith(".key", StringComparison.Ordinal));
        var value = fields.Keys.FirstOrDefault(k => k.StartsWith(prefix, StringComparison.Ordinal) && k.EndsWith(".value", StringComparison.Ordinal));
        if (key is null || value is null)
            return maps;

        // Keys and values have one slot each for every entry, and one for a row without entries.
        var keys = new List<(int Row, string? Text)>();
        var values = new List<string?>();
        await ReadAsync<ReadOnlyMemory<char>>(key, (row, text) => keys.Add((row, text?.ToString()))).ConfigureAwait(false);
        await ReadAsync<ReadOnlyMemory<char>>(value, (_, text) => values.Add(text?.ToString())).ConfigureAwait(false);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Text is { } name)
                (maps[keys[i].Row] ??= new Dictionary<string, string?>(StringComparer.Ordinal))[name] = values[i];
        }

        return maps;
    }

    private async ValueTask ReadAsync<T>(string path, Action<int, T?> slot)
        where T : struct
    {
        if (!fields.TryGetValue(path, out var field))
            return;
        var slots = checked((int)(group.GetMetadata(field)?.MetaData?.NumValues ?? _rows));
        var values = new T[slots];
        var definitions = field.MaxDefinitionLevel > 0 ? new int[slots] : null;
        var repetitions = field.MaxRepetitionLevel > 0 ? new int[slots] : null;
        await group.ReadRawAsync(
            field, values.AsMemory(), definitions?.AsMemory(), repetitions?.AsMemory(), cancellationToken).ConfigureAwait(false);

        // Values hold only what is defined; levels tell where it belongs. A repetition level of 0 starts a row.
        var row = -1;
        var next = 0;
        for (var i = 0; i < slots; i++)
        {
            if (repetitions is null || repetitions[i] == 0)
                row++;
            slot(row, definitions is null || definitions[i] == field.MaxDefinitionLevel ? values[next++] : null);
        }
    }
}
