using System.Text;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Refused records of one file, written one below the other so that a reader can be put over them.</summary>
/// <param name="File">The file they stood in.</param>
/// <param name="Header">Its header, or null.</param>
/// <param name="Rows">The records.</param>
internal sealed record RefusedText(string File, IReadOnlyList<string>? Header, IReadOnlyList<RefusedRow> Rows)
{
    /// <summary>
    /// Puts rows together that stood in one file. One in which quotes or line ends may open or close something stands alone, so that it can take no other
    /// with it.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="quote">The character around fields, or null.</param>
    internal static IEnumerable<RefusedText> Group(IReadOnlyList<RefusedRow> rows, char? quote)
    {
        var run = new List<RefusedRow>();
        foreach (var row in rows)
        {
            var isAlone = row.Text.AsSpan().IndexOfAny('\n', '\r') >= 0 || (quote is { } mark && row.Text.Contains(mark, StringComparison.Ordinal));
            if (run.Count > 0 && (isAlone || !IsSameFile(run[0], row)))
            {
                yield return Of(run);
                run = [];
            }

            run.Add(row);
            if (!isAlone)
                continue;
            yield return Of(run);
            run = [];
        }

        if (run.Count > 0)
            yield return Of(run);
    }

    /// <summary>The text, each record with a line end.</summary>
    /// <param name="header">The line above the records, without its end; null for none.</param>
    internal MemoryStream Open(string? header)
    {
        var text = new StringBuilder();
        if (header is not null)
            text.Append(header).Append('\n');
        foreach (var row in Rows)
            text.Append(row.Text).Append('\n');
        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()), writable: false);
    }

    /// <summary>The line of the file that a line of the text was.</summary>
    /// <param name="line">The line of the text, from 1.</param>
    /// <param name="hasHeader">Whether a header stands above the records.</param>
    internal long LineOf(long line, bool hasHeader)
    {
        var place = line - (hasHeader ? 2 : 1);
        return Rows.Count == 1 ? Rows[0].Line + place : Rows[(int)place].Line;
    }

    /// <summary>The records as refused once more, for one reason that holds for all of them.</summary>
    internal List<LineReject> Refuse(string reason) =>
        [.. Rows.Select(r => new LineReject(r.File, r.Line, null, null, "file", reason, r.Text) { Header = Header })];

    private static RefusedText Of(List<RefusedRow> run) => new(run[0].File, run[0].Header, run);

    private static bool IsSameFile(RefusedRow one, RefusedRow other) =>
        string.Equals(one.File, other.File, StringComparison.Ordinal)
        && (ReferenceEquals(one.Header, other.Header) || (one.Header is not null && other.Header is not null && one.Header.SequenceEqual(other.Header, StringComparer.Ordinal)));
}
