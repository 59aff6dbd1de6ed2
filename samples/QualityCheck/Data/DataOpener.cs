namespace QualityCheck.Data;

/// <summary>Opens data of any kind: a Delta table is known by its log, a Parquet file by its first bytes, text files by their name or first character.</summary>
public static class DataOpener
{
    private static readonly string[] Compressions = [".GZ", ".GZIP", ".ZST", ".ZSTD", ".BR", ".ZZ", ".DEFLATE"];
    private static readonly string[] JsonNames = [".JSON", ".JSONL", ".NDJSON", ".JSONLINES"];
    private static readonly string[] CsvNames = [".CSV", ".TSV", ".TAB", ".PSV", ".TXT"];

    /// <summary>Opens it.</summary>
    /// <param name="path">A file, or the folder of a table.</param>
    /// <param name="hints">What rules say about the columns; null when nothing is asked of them.</param>
    /// <param name="hasHeader">Whether the first record of a CSV file names its columns; null when that has to be found.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataException">There is nothing that could be read.</exception>
    public static async Task<IData> OpenAsync(string path, ColumnHints? hints, bool? hasHeader, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var data = await OpenKindAsync(path, hints, hasHeader, cancellationToken);
        if (hasHeader is null || data is CsvData or NoData)
            return data;
        await data.DisposeAsync();
        throw new DataException($"'{path}' is no CSV file, so that {(hasHeader.Value ? "--header" : "--no-header")} says nothing of it");
    }

    private static async Task<IData> OpenKindAsync(string path, ColumnHints? hints, bool? hasHeader, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return Directory.Exists(Path.Combine(path, "_delta_log"))
                ? await DeltaData.OpenAsync(path, cancellationToken)
                : throw new DataException($"'{path}' is a folder without a _delta_log: no Delta table");
        }

        if (!File.Exists(path))
            throw new DataException($"there is no file or table '{path}'");
        var start = await StartAsync(path, cancellationToken);
        if (start.AsSpan().StartsWith("PAR1"u8))
            return await ParquetData.OpenAsync(path, cancellationToken);
        return NameOf(path) switch
        {
            not ".PARQUET" when FirstOf(start) == '\0' && TextBytes.AreText(start) && start.Length == new FileInfo(path).Length => new NoData(),
            ".PARQUET" => throw new DataException($"'{path}' is not a Parquet file: it does not start with PAR1"),
            var name when JsonNames.Contains(name) => FirstOf(start) == '['
                ? throw new DataException($"'{path}' is a JSON array; what can be read is JSON lines, one object a line")
                : await JsonData.OpenAsync(path, hints, cancellationToken),
            var name when !CsvNames.Contains(name) && FirstOf(start) == '{' => await JsonData.OpenAsync(path, hints, cancellationToken),
            _ => IsCompressed(path) || TextBytes.AreText(start)
                ? await CsvData.OpenAsync(path, hints, hasHeader, cancellationToken)
                : throw new DataException($"'{path}' is no text, as a CSV file is"),
        };
    }

    /// <summary>The end of the name in upper case, that of a compression left out.</summary>
    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path).ToUpperInvariant();
        var extension = Path.GetExtension(name);
        return Compressions.Contains(extension) ? Path.GetExtension(name[..^extension.Length]) : extension;
    }

    private static bool IsCompressed(string path) => Compressions.Contains(Path.GetExtension(path).ToUpperInvariant());

    private static char FirstOf(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? '\0' : (char)text[0];
    }

    private static async Task<byte[]> StartAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var start = new byte[(int)Math.Min(file.Length, 4096)];
            await file.ReadExactlyAsync(start, cancellationToken);
            return start;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{path}' cannot be read: {e.Message}");
        }
    }
}
