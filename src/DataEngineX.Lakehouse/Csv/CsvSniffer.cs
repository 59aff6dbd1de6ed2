using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Finds from its first lines how a CSV file is written, and tells what decided.</summary>
public static class CsvSniffer
{
    /// <summary>The bytes looked at when nothing else is said.</summary>
    public const int SampleBytes = 1 << 20;

    /// <summary>Looks at the start of a file.</summary>
    /// <param name="stream">The file, at its start; stays open.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="options">What is known: compression, encoding and limits; everything else is found. <value>Default: null, the defaults.</value></param>
    /// <param name="sampleBytes">How many bytes of text are looked at. <value>Default: 1 MiB.</value></param>
    /// <param name="hasHeader">Whether the first record names the columns. <value>Default: null, it is found.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SourceRefusedException">The file is empty, binary or broken, a quote in it is never closed, or its header names a column twice.</exception>
    public static async Task<CsvSniffReport> SniffAsync(
        Stream stream, string name, CsvReadOptions? options = null, int sampleBytes = SampleBytes, bool? hasHeader = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleBytes);
        options ??= new CsvReadOptions();
        var (sample, encoding) = await SampleAsync(stream, name, options, sampleBytes, cancellationToken).ConfigureAwait(false);
        if (sample.Bytes.AsSpan().Trim("\r\n"u8).IsEmpty)
            throw new SourceRefusedException(name, sample.IsWhole ? "it is empty" : $"its first {sampleBytes} bytes hold no line end, so there is no record to look at");
        var dialect = CsvDialectGuess.Best(sample.Bytes, sample.IsWhole);
        if (dialect.EndsInQuotes)
            throw new SourceRefusedException(name, "a quote is opened in this record and never closed, so the file is cut off", dialect.LastLine(sample.Bytes));
        return Describe(name, sample, dialect, hasHeader, options with { Encoding = encoding });
    }

    private static async Task<(SniffSample Sample, Encoding? Encoding)> SampleAsync(
        Stream stream, string name, CsvReadOptions options, int sampleBytes, CancellationToken cancellationToken)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        using var input = TextInput.Open(stream, name, options.Compression, options.Encoding, leaveOpen: true);
        var sample = await SniffSample.ReadAsync(input, sampleBytes, cancellationToken).ConfigureAwait(false);
        var survey = TextSurvey.Of(sample.Bytes, (byte)'"');
        if (survey.HasNul || survey.IsAscii || System.Text.Unicode.Utf8.IsValid(sample.Bytes) || options.Encoding is not null || !stream.CanSeek)
        {
            survey.Check(name, sample.Bytes, 1);
            return (sample, options.Encoding);
        }

        // What is not UTF-8 is most likely an encoding of one byte a character.
        stream.Position = start;
        using var again = TextInput.Open(stream, name, options.Compression, Encoding.Latin1, leaveOpen: true);
        return (await SniffSample.ReadAsync(again, sampleBytes, cancellationToken).ConfigureAwait(false), Encoding.Latin1);
    }

    private static CsvSniffReport Describe(string name, SniffSample sample, CsvDialectGuess dialect, bool? isHeader, CsvReadOptions options)
    {
        var records = dialect.Records.FindAll(r => r.Fields.Length == dialect.Fields && !r.HasBadQuotes);
        if (records.Count == 0)
            throw new SourceRefusedException(name, "every record has text after a closing quote", dialect.Records[0].Line + 1);
        var (numbers, all, rest) = GuessTypes(records, dialect);
        var (hasHeader, reason) = isHeader is { } told ? (told, "it was said so") : CsvHeaderGuess.Decide(records, rest, all);
        var types = hasHeader ? rest : all;
        var names = hasHeader ? CsvHeader.NamesOf(records[0]) : [.. Enumerable.Range(0, dialect.Fields).Select(CsvHeader.NameAt)];
        CsvHeader.CheckDistinct(name, names, records[0].Line + 1);
        var columns = types.Select((type, i) => type.Describe(names[i])).ToList();
        var forms = types.Select(static t => t.DayForm).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var found = options with
        {
            Schema = new Schema(columns.Select(static c => new Field(c.Name, c.Type, nullable: true)), null),
            Separator = dialect.Separator,
            Quote = dialect.Quote,
            Comment = dialect.Comment,
            SkipLines = dialect.SkipLines,
            HasHeader = hasHeader,
            AllowUnnamedColumns = hasHeader && records[0].Fields.Any(string.IsNullOrWhiteSpace),
            NullTexts = [.. types.SelectMany(static t => t.NullTexts).Distinct(StringComparer.Ordinal)],
            DecimalSeparator = (char)numbers.Point,
            DateFormats = forms.TrueForAll(static f => f.Length == 0) ? [] : [.. forms.Select(static f => f.Length == 0 ? "yyyy-MM-dd" : f)],
        };
        return new CsvSniffReport(name, records.Count, dialect.Records.Count - records.Count, sample.IsWhole, reason, columns, found) { FirstRecord = records[0].Fields };
    }

    /// <summary>The types with a decimal point and, where the separator leaves that open, with a decimal comma: whichever finds more numbers.</summary>
    private static (CsvNumberFormat Numbers, CsvTypeGuess[] All, CsvTypeGuess[] WithoutFirst) GuessTypes(List<CsvRecord> records, CsvDialectGuess dialect)
    {
        var point = new CsvNumberFormat((byte)'.', CsvDialect.Unused);
        var comma = new CsvNumberFormat((byte)',', CsvDialect.Unused);
        var withPoint = Guess(records, dialect, point, 1);
        if (dialect.Separator != ',')
        {
            var withComma = Guess(records, dialect, comma, 1);
            if (withComma.Count(static t => t.Type is not StringType) > withPoint.Count(static t => t.Type is not StringType))
                return (comma, Guess(records, dialect, comma, 0), withComma);
        }

        return (point, Guess(records, dialect, point, 0), withPoint);
    }

    private static CsvTypeGuess[] Guess(List<CsvRecord> records, CsvDialectGuess dialect, CsvNumberFormat numbers, int from)
    {
        var guesses = Enumerable.Range(0, dialect.Fields).Select(_ => new CsvTypeGuess(numbers)).ToArray();
        foreach (var record in records.Skip(from))
        {
            for (var i = 0; i < guesses.Length; i++)
                guesses[i].Add(record.Fields[i], record.Quoted[i], record.Line + 1);
        }

        return guesses;
    }
}
