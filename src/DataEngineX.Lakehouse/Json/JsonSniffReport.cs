using System.Globalization;
using System.Text;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>What sniffing found in a file of JSON lines.</summary>
/// <param name="File">The file.</param>
/// <param name="Objects">How many objects were looked at.</param>
/// <param name="BadLines">How many lines were no objects; a read sets such lines aside.</param>
/// <param name="IsWholeFile">Whether that was all of the file.</param>
/// <param name="Columns">The columns at all depths, in the order in which they came first.</param>
/// <param name="Options">Options that read the file as it was found.</param>
public sealed record JsonSniffReport(
    string File, long Objects, long BadLines, bool IsWholeFile, IReadOnlyList<SniffedColumn> Columns, JsonReadOptions Options)
{
    /// <summary>The columns found, all nullable.</summary>
    public Schema Schema => Options.Schema!;

    /// <summary>The report for people, a line a column.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{File}: JSON lines, {Objects} objects {(IsWholeFile ? "in the whole file" : "in the first part of the file")}");
        text.Append(BadLines == 0 ? "\n" : $", {BadLines} lines that are none\n");
        foreach (var column in Columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {column.Path}: {ArrowTypes.NameOf(column.Type)}, {column.Values} values, {column.Nulls} null; {column.Reason}");
            text.Append(column.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $" (line {line}: {column.Text})\n") : "\n");
        }

        return text.ToString();
    }
}
