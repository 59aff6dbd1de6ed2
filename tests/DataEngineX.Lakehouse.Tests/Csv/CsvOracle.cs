namespace DataEngineX.Lakehouse.Tests.Csv;

/// <summary>RFC 4180 read one character at a time, as plainly as can be, to compare the reader with.</summary>
public sealed record CsvOracle(List<CsvOracle.Record> Records, bool EndsInQuotes, bool EndsInRecord)
{
    public sealed record Record(string?[] Fields, long Line, bool IsBad);

    /// <summary>Splits a text; a field is null when it is empty and not quoted.</summary>
    public static CsvOracle Parse(string text, char separator, char? quote, char? comment)
    {
        var records = new List<Record>();
        var fields = new List<string?>();
        long line = 1;
        var at = 0;
        var endsInRecord = false;
        while (at < text.Length)
        {
            var start = line;
            if (text[at] == comment)
            {
                while (at < text.Length && text[at] is not ('\n' or '\r'))
                    at++;
                SkipLineEnd(text, ref at, ref line);
                continue;
            }

            fields.Clear();
            var isBad = false;
            var first = at;
            while (true)
            {
                var (field, bad, open) = Field(text, ref at, ref line, separator, quote);
                if (open)
                    return new CsvOracle(records, true, true);
                isBad |= bad;
                fields.Add(field);
                if (at == text.Length || text[at] != separator)
                    break;
                at++;
            }

            if (at > first)
                records.Add(new Record([.. fields], start, isBad));
            endsInRecord = at == text.Length;
            SkipLineEnd(text, ref at, ref line);
        }

        return new CsvOracle(records, false, endsInRecord);
    }

    private static (string? Field, bool IsBad, bool IsOpen) Field(string text, ref int at, ref long line, char separator, char? quote)
    {
        var value = new System.Text.StringBuilder();
        var isQuoted = at < text.Length && text[at] == quote;
        if (isQuoted)
        {
            for (at++; ; at++)
            {
                if (at == text.Length)
                    return (null, false, true);
                if (text[at] == quote)
                {
                    at++;
                    if (at == text.Length || text[at] != quote)
                        break;
                }
                else if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
                {
                    line++;
                }

                value.Append(text[at]);
            }
        }

        var isBad = false;
        for (; at < text.Length && text[at] != separator && text[at] is not ('\n' or '\r'); at++)
        {
            isBad = isQuoted;
            if (!isQuoted)
                value.Append(text[at]);
        }

        return (value.Length == 0 && !isQuoted ? null : value.ToString(), isBad, false);
    }

    private static void SkipLineEnd(string text, ref int at, ref long line)
    {
        if (at == text.Length)
            return;
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
    }
}
