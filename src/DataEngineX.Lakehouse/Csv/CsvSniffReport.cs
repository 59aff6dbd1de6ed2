using System.Globalization;
using System.Text;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>What sniffing found in a CSV file.</summary>
/// <param name="File">The file.</param>
/// <param name="Records">How many records were looked at, the header included.</param>
/// <param name="BadRecords">How many had another number of fields or wrong quotes; a read sets such records aside.</param>
/// <param name="IsWholeFile">Whether that was all of the file.</param>
/// <param name="HeaderReason">Why the first record is taken for a header, or not.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Options">Options that read the file as it was found.</param>
public sealed record CsvSniffReport(
    string File, long Records, long BadRecords, bool IsWholeFile, string HeaderReason, IReadOnlyList<SniffedColumn> Columns, CsvReadOptions Options)
{
    /// <summary>The texts of the first record: the names of the columns where it is the header.</summary>
    public IReadOnlyList<string> FirstRecord { get; init; } = [];

    /// <summary>The columns found, all nullable.</summary>
    public Schema Schema => Options.Schema!;

    /// <summary>The report for people: how the file is written, then a line a column.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{File}: CSV, {Records} records {(IsWholeFile ? "in the whole file" : "in the first part of the file")}");
        text.Append(BadRecords == 0 ? "\n" : $", {BadRecords} with another number of fields\n");
        text.Append(CultureInfo.InvariantCulture, $"  separator {Shown(Options.Separator)}, quote {Shown(Options.Quote)}, decimal separator {Shown(Options.DecimalSeparator)}");
        text.Append(CultureInfo.InvariantCulture, $", encoding {Options.Encoding?.WebName ?? "utf-8 or as marked"}\n");
        if (Options.Comment is { } comment)
            text.Append(CultureInfo.InvariantCulture, $"  comments start with {Shown(comment)}\n");
        if (Options.SkipLines > 0)
            text.Append(CultureInfo.InvariantCulture, $"  {Options.SkipLines} lines before the first record are skipped\n");
        if (Options.NullTexts.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"  null is written as {string.Join(", ", Options.NullTexts.Select(static t => $"'{t}'"))}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {(Options.HasHeader ? "header" : "no header")}: {HeaderReason}\n");
        foreach (var column in Columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {column.Name}: {ArrowTypes.NameOf(column.Type)}, {column.Values} values, {column.Nulls} null; {column.Reason}");
            text.Append(column.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $" (line {line}: {column.Text})\n") : "\n");
        }

        return text.ToString();
    }

    private static string Shown(char? mark) => mark switch { null => "none", '\t' => "tab", ' ' => "blank", _ => $"'{mark}'" };
}
