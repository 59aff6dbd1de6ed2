namespace DataEngineX;

/// <summary>What a clause of a merge does.</summary>
public enum MergeAction
{
    /// <summary>Sets columns of a row of the table.</summary>
    Update,

    /// <summary>Removes a row of the table.</summary>
    Delete,

    /// <summary>Adds a row made of a source row.</summary>
    Insert,
}
