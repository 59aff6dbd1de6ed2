namespace DataEngineX.Sources;

/// <summary>What becomes of rows that have no value in the cursor column, and so are neither new nor old.</summary>
public enum NullCursor
{
    /// <summary>A run that finds one fails and says how many there are.</summary>
    Fail,

    /// <summary>They are not read until they have a value.</summary>
    Leave,
}
