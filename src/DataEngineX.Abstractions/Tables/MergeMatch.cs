namespace DataEngineX;

/// <summary>To which rows a clause of a merge applies.</summary>
public enum MergeMatch
{
    /// <summary>Rows of the table with the key of a source row.</summary>
    Matched,

    /// <summary>Source rows whose key is not in the table.</summary>
    NotMatched,

    /// <summary>Rows of the table whose key is in no source row.</summary>
    NotMatchedBySource,
}
