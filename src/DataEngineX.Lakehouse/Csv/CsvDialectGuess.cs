namespace DataEngineX.Lakehouse.Csv;

/// <summary>One way to cut a sample into fields, and how well it fits: how many records have the number of fields that most have.</summary>
internal sealed record CsvDialectGuess(char Separator, char? Quote, char? Comment, int SkipLines, List<CsvRecord> Records, int Fields, int Fitting, double Score)
{
    /// <summary>Whether the file ends inside quotes.</summary>
    internal bool EndsInQuotes { get; private init; }

    private const int MostRecords = 2_000;
    private const int MostTitleLines = 20;

    // The rarer a separator is in the world, and the more likely in texts and times, the less its fit is believed.
    private static readonly (char Separator, double Weight)[] Separators =
        [(',', 1), (';', 1), ('\t', 1), ('|', 1), ('^', 0.9), ('~', 0.9), (':', 0.6), (' ', 0.5)];

    /// <summary>The best way to cut a sample.</summary>
    internal static CsvDialectGuess Best(byte[] sample, bool isWhole)
    {
        char?[] comments = sample.Length > 0 && (sample[0] == '#' || sample.AsSpan().IndexOf("\n#"u8) >= 0) ? [null, '#'] : [null];
        char?[] quotes = sample.AsSpan().Contains((byte)'\'') ? ['"', '\''] : ['"'];
        CsvDialectGuess? best = null, open = null;
        foreach (var comment in comments)
        {
            foreach (var quote in quotes)
            {
                foreach (var (separator, weight) in Separators)
                {
                    var guess = Try(sample, isWhole, separator, quote, comment, weight);
                    ref var rival = ref guess is { EndsInQuotes: true } ? ref open : ref best;
                    if (guess is not null && (rival is null || guess.Score > rival.Score + 1e-9))
                        rival = guess;
                }
            }
        }

        // Where fields only come about with a quote that stays open, the file is cut off; it is no file of one column in which quotes mean nothing.
        if (open is not null && (best is null || open.Score > best.Score))
            return open;
        return best ?? Try(sample, isWhole: true, ',', null, null, 1)!;
    }

    /// <summary>The line, from 1, at which the last record of a sample starts.</summary>
    internal long LastLine(byte[] sample)
    {
        var dialect = CsvDialect.Of(new CsvReadOptions { Separator = Separator, Quote = Quote, Comment = Comment });
        return CsvRecord.Read(sample, dialect, int.MaxValue, out _)[^1].Line + 1;
    }

    private static CsvDialectGuess? Try(byte[] sample, bool isWhole, char separator, char? quote, char? comment, double weight)
    {
        var dialect = CsvDialect.Of(new CsvReadOptions { Separator = separator, Quote = quote, Comment = comment });
        var records = CsvRecord.Read(sample, dialect, MostRecords, out var endsInQuotes);
        if (endsInQuotes)
        {
            // The sample may have cut a record in two; a whole file may not, and what does not split texts at every blank or apostrophe can tell.
            if (isWhole ? weight < 1 || quote != '"' : records.Count < 2)
                return null;
            if (!isWhole)
                records.RemoveAt(records.Count - 1);
        }

        if (records.Count == 0)
            return null;
        var groups = records.GroupBy(static r => r.Fields.Length).ToDictionary(static g => g.Key, static g => g.Count());
        var fields = groups.MaxBy(static g => (g.Value, g.Key)).Key;
        var title = records.FindIndex(r => r.Fields.Length == fields);
        var skipped = title is > 0 and <= MostTitleLines && fields > 1 && records.Take(title).All(r => r.Fields.Length < fields) ? records[title].Line : 0;
        if (skipped > 0)
            records = records[title..];
        var fitting = records.Count(r => r.Fields.Length == fields && !r.HasBadQuotes);
        var quoted = records.Count(static r => r.Quoted.Contains(true));
        var fit = (double)fitting / (records.Count + (skipped > 0 ? title : 0));

        // One field a record fits everything, so it says nothing; more fields say more; quotes that are used say that they are the right ones.
        var score = fields == 1 ? 0.1 * fit : weight * fit * (1 + Math.Min(0.05, fields * 0.002));
        score += quoted > 0 && quote == '\'' ? 0.01 * fit : quote == '\'' ? -0.01 : 0;
        score += comment is null ? 0.001 : 0;
        return new CsvDialectGuess(separator, quote, comment, skipped, records, fields, fitting, score) { EndsInQuotes = endsInQuotes && isWhole };
    }
}
