using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>How a CSV file is written.</summary>
public sealed record CsvWriteOptions
{
    /// <summary>The byte between fields.</summary>
    /// <value>A comma.</value>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first record names the columns.</summary>
    /// <value>True.</value>
    public bool Header { get; init; } = true;

    /// <summary>The end of each record, the last included.</summary>
    /// <value>A line feed. RFC 4180 also knows carriage return and line feed.</value>
    public string NewLine { get; init; } = "\n";

    /// <summary>What stands for null; a text that is the same is quoted.</summary>
    /// <value>Nothing: an empty field.</value>
    public string NullText { get; init; } = "";

    /// <summary>How a file target compresses; a <see cref="CsvWriter"/> writes plain text.</summary>
    /// <value>As the end of the file's name says.</value>
    public TextCompression Compression { get; init; }
}
