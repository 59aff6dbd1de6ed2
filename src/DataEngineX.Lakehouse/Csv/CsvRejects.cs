using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Tells why records of a chunk are set aside, in the order of the file.</summary>
internal sealed class CsvRejects(string file, CsvHeader header, CsvFieldRules rules)
{
    private int _bad;

    /// <summary>Starts a chunk.</summary>
    internal void Begin() => _bad = 0;

    /// <summary>Adds the records with a wrong number of fields or wrong quotes that stand before a record.</summary>
    internal void AddBad(in TextChunk chunk, CsvMarks marks, CsvChunkRows rows, int before, List<LineReject> to)
    {
        for (; _bad < rows.Bad.Count && rows.Bad[_bad].Number < before; _bad++)
        {
            var (number, fields) = rows.Bad[_bad];
            to.Add(fields < 0
                ? Reject(chunk, marks, number, null, null, "quotes", "there is text after a closing quote")
                : Reject(chunk, marks, number, null, null, "fields", $"the row has {fields} fields where the header has {header.Names.Count}"));
        }
    }

    /// <summary>Adds the rows of a batch with values that do not fit, a row once, for its first such column; and the records between them.</summary>
    internal void Add(
        List<CsvFault> faults, in CsvRows batch, int from, in TextChunk chunk, CsvMarks marks, CsvChunkRows rows, List<LineReject> to)
    {
        if (faults.Count > 1)
            faults.Sort(static (a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Column.CompareTo(b.Column));
        var last = -1;
        foreach (var fault in faults)
        {
            if (fault.Row == last)
                continue;
            last = fault.Row;
            var number = rows.Numbers[from + fault.Row];
            AddBad(chunk, marks, rows, number, to);
            to.Add(Reject(fault, batch, chunk, marks, number));
        }

        var next = from + batch.Count;
        AddBad(chunk, marks, rows, next < rows.Count ? rows.Numbers[next] : int.MaxValue, to);
    }

    /// <summary>The rows of a batch that fit.</summary>
    internal int[] KeptRows(List<CsvFault> faults, int count)
    {
        var kept = new List<int>(count);
        var next = 0;
        for (var row = 0; row < count; row++)
        {
            while (next < faults.Count && faults[next].Row < row)
                next++;
            if (next == faults.Count || faults[next].Row != row)
                kept.Add(row);
        }

        return [.. kept];
    }

    private unsafe LineReject Reject(CsvFault fault, in CsvRows batch, in TextChunk chunk, CsvMarks marks, int number)
    {
        var column = header.Columns.FieldsList[fault.Column];
        if (fault.IsMissing)
            return Reject(chunk, marks, number, column.Name, null, "not-null", "the value is missing and the column requires one");
        var text = batch.Field(fault.Row, header.Ordinals[fault.Column], out var length);
        var field = new ReadOnlySpan<byte>(text, length);
        rules.TryText(ref field, batch.HasQuotes, out var doubled);
        if (doubled > 0)
        {
            var plain = new byte[field.Length];
            field = plain.AsSpan(0, CsvQuotes.Unescape(field, rules.Quote, plain));
        }

        var type = ArrowTypes.NameOf(column.DataType);
        var shown = LineReject.Shown(field);
        return Reject(chunk, marks, number, column.Name, shown, $"type:{type}", $"'{shown}' is not a value of type {type}");
    }

    private unsafe LineReject Reject(in TextChunk chunk, CsvMarks marks, int number, string? column, string? value, string rule, string reason)
    {
        var inside = 0;
        while (inside < marks.QuotedLines.Count && marks.QuotedLines[inside] < number)
            inside++;
        fixed (byte* text = chunk.Buffer)
        {
            var start = marks.StartOf(text, number, chunk.Length);
            var record = chunk.Text[start..marks.Ends[marks.RowEnds[number]]];
            return LineReject.Of(file, chunk.FirstLine + number + inside, column, value, rule, reason, record) with { Header = header.IsNamed ? header.Names : null };
        }
    }
}
