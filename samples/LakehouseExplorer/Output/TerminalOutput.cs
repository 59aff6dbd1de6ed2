using System.Text;
using LakehouseExplorer.Asking;

namespace LakehouseExplorer.Output;

/// <summary>Shows rows as a table with names and types above them. Where columns are more than a line holds, they stand in blocks below each other.</summary>
internal sealed class TerminalOutput(Answer answer, Stream output, int mostRows, int width) : RowOutput
{
    private const int DefaultWidth = 120;

    private readonly TerminalColumn[] _columns = [.. answer.Schema.FieldsList.Select(f => new TerminalColumn(f))];
    private int _shown;
    private long _rows;

    internal static int WidthOfTerminal()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }

    internal override async Task WriteAsync(CancellationToken cancellationToken)
    {
        await CollectAsync();
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        for (var first = 0; first < _columns.Length;)
        {
            var count = CountIn(first);
            if (first > 0)
                await writer.WriteLineAsync();
            if (count < _columns.Length)
                await writer.WriteLineAsync(FormattableString.Invariant($"columns {first + 1} to {first + count} of {_columns.Length}"));
            foreach (var line in Block(_columns.AsMemory(first, count)))
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            first += count;
        }

        await writer.WriteLineAsync(Footer());
    }

    /// <summary>Takes the rows that are shown, and counts the others where nobody knows how many there are.</summary>
    private async Task CollectAsync()
    {
        await foreach (var batch in answer.Batches)
        {
            using (batch)
            {
                var count = mostRows == 0 ? batch.Length : Math.Min(batch.Length, mostRows - _shown);
                for (var i = 0; i < _columns.Length; i++)
                    _columns[i].Take(batch.Column(i), count);
                _shown += count;
                _rows += batch.Length;
            }

            if (answer.Total is not null && mostRows > 0 && _shown == mostRows)
                break;
        }

        _rows = answer.Total ?? _rows;
    }

    private int CountIn(int first)
    {
        var (used, count) = (_columns[first].Width, 1);
        while (first + count < _columns.Length && used + 2 + _columns[first + count].Width <= width)
            used += 2 + _columns[first + count++].Width;
        return count;
    }

    private IEnumerable<string> Block(ReadOnlyMemory<TerminalColumn> columns)
    {
        yield return Line(columns, c => c.Pad(c.Name));
        yield return Line(columns, c => c.Pad(c.Type));
        yield return Line(columns, c => new string('-', c.Width));
        for (var row = 0; row < _shown; row++)
            yield return Line(columns, c => c.Pad(c.Cells[row]));
    }

    private static string Line(ReadOnlyMemory<TerminalColumn> columns, Func<TerminalColumn, string> cell)
    {
        var line = new StringBuilder();
        foreach (var column in columns.Span)
            line.Append(line.Length > 0 ? "  " : "").Append(cell(column));
        return line.ToString().TrimEnd();
    }

    private string Footer() => _shown < _rows
        ? FormattableString.Invariant($"({_shown:N0} of {_rows:N0} rows shown; --rows 0 shows all, --output FILE writes all)")
        : FormattableString.Invariant($"({_rows:N0} {(_rows == 1 ? "row" : "rows")})");
}
