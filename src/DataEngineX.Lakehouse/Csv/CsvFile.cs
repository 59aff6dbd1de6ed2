using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Opens CSV files.</summary>
internal static class CsvFile
{
    /// <summary>Opens a file; the stream is disposed with it, also when opening fails.</summary>
    internal static async Task<(TextFile File, CsvHeader Header)> OpenAsync(
        Stream stream, string name, CsvReadOptions options, CancellationToken cancellationToken)
    {
        CsvHeader? header = null;
        var input = TextInput.Open(stream, name, options.Compression, options.Encoding);
        var file = await TextFile.OpenAsync(
            input,
            options,
            chunker =>
            {
                var found = header = HeaderOf(name, chunker, options);
                return output => new CsvChunkReader(name, found, options, output);
            },
            cancellationToken).ConfigureAwait(false);
        return (file, header!);
    }

    private static CsvHeader HeaderOf(string name, CsvChunker chunker, CsvReadOptions options)
    {
        if (!options.HasHeader)
        {
            return CsvHeader.WithoutNames(options.Schema
                ?? throw new ArgumentException("Without a header the columns must be declared: set Schema, or sniff it.", nameof(options)));
        }

        var record = chunker.FirstRecord!;
        if (record.HasBadQuotes)
            throw new SourceRefusedException(name, "the header has text after a closing quote", chunker.FirstRecordLine);
        var unnamed = System.Array.FindIndex(record.Fields, static f => string.IsNullOrWhiteSpace(f));
        if (unnamed >= 0 && !options.AllowUnnamedColumns)
            throw new SourceRefusedException(name, $"column {unnamed + 1} of the header has no name", chunker.FirstRecordLine);
        return CsvHeader.Map(name, CsvHeader.NamesOf(record), chunker.FirstRecordLine, options);
    }
}
