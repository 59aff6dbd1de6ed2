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
}
