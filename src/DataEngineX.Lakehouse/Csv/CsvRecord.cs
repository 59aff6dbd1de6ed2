using System.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>One record as texts: for headers and for sniffing, not for reading.</summary>
/// <param name="Fields">The texts of the fields, without quotes.</param>
/// <param name="Quoted">Whether each was quoted.</param>
/// <param name="Line">How many physical lines stand before it in the text.</param>
/// <param name="HasBadQuotes">Whether text follows a closing quote.</param>
internal sealed record CsvRecord(string[] Fields, bool[] Quoted, int Line, bool HasBadQuotes)
{
    /// <summary>The first records of a text, without blank lines and comments.</summary>
    internal static unsafe List<CsvRecord> Read(ReadOnlySpan<byte> text, CsvDialect dialect, int most, out bool endsInQuotes)
    {
        var records = new List<CsvRecord>();
        var padded = new byte[text.Length + Lakehouse.Text.TextChunk.Padding];
        text.CopyTo(padded);
        using var marks = new CsvMarks();
        fixed (byte* bytes = padded)
        {
            endsInQuotes = marks.Read(bytes, text.Length, dialect);
            var extra = 0;
            for (var row = 0; row < marks.RowCount && records.Count < most; row++)
            {
                while (extra < marks.QuotedLines.Count && marks.QuotedLines[extra] < row)
                    extra++;
                if (At(bytes, text.Length, marks, row, dialect, row + extra) is { } record)
                    records.Add(record);
            }
        }

        return records;
    }

    private static unsafe CsvRecord? At(byte* text, int length, CsvMarks marks, int row, CsvDialect dialect, int line)
    {
        var start = marks.StartOf(text, row, length);
        var first = row == 0 ? 1 : marks.RowEnds[row - 1] + 1;
        var count = marks.RowEnds[row] - first + 1;
        if (count == 1 && (marks.Ends[first] == start || text[start] == dialect.Comment))
            return null;
        var fields = new string[count];
        var quoted = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var end = marks.Ends[first + i];
            var field = new ReadOnlySpan<byte>(text + start, end - start);
            quoted[i] = CsvQuotes.Strip(ref field, dialect.Quote, out var escaped);
            fields[i] = Encoding.UTF8.GetString(field);
            if (escaped)
                fields[i] = fields[i].Replace(new string((char)dialect.Quote, 2), new string((char)dialect.Quote, 1), StringComparison.Ordinal);
            start = end + 1;
        }

        return new CsvRecord(fields, quoted, line, marks.BadRows.Contains(row));
    }
}
