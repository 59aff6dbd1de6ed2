namespace DataEngineX;

/// <summary>The columns that say which file and line a row came from. Readers add them on request; gates copy them into quarantine.</summary>
public static class RowOrigin
{
    /// <summary>The column with the file name: text.</summary>
    public const string FileColumn = "_file";

    /// <summary>The column with the 1-based line in the file: a 64-bit integer.</summary>
    public const string LineColumn = "_line";

    /// <summary>The column with the id of the run that wrote the row: text.</summary>
    public const string RunColumn = "_run";
}
