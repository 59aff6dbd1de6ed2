namespace QualityCheck.Commands;

/// <summary>What the program's exit code says.</summary>
public static class ExitCodes
{
    /// <summary>Every rule holds; for a profile: it was made.</summary>
    public const int Passed = 0;

    /// <summary>The data was checked and the suite did not pass.</summary>
    public const int Failed = 1;

    /// <summary>Nothing could be checked: an argument, the suite or the data is at fault, and one line on the error stream says how.</summary>
    public const int CouldNotCheck = 2;
}
