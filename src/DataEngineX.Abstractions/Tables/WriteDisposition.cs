namespace DataEngineX;

/// <summary>What a write does to rows that are there. It means the same on every target.</summary>
public enum WriteDisposition
{
    /// <summary>They stay; the new rows come after them.</summary>
    Append,

    /// <summary>The new rows take the place of all of them, or of those that <see cref="TableWriteRequest.Where"/> holds for.</summary>
    Replace,

    /// <summary>Rows with a key of a new row are replaced by it, others stay. The last row of a key wins.</summary>
    Upsert,

    /// <summary>The new rows take the place of all rows that have their values in the columns of <see cref="TableWriteRequest.Key"/>; null is a value.</summary>
    ReplacePartition,

    /// <summary>Rows with a key of a new row go, and all new rows come, several of one key too.</summary>
    DeleteInsert,

    /// <summary>Only rows whose key is not there yet come; what is there stays. The first row of a key wins.</summary>
    InsertOnly,

    /// <summary>
    /// Each row is the state of its key from a time on; the table keeps all states with the span in which each held (slowly changing dimension, type 2).
    /// </summary>
    History,

    /// <summary>What the clauses of <see cref="TableWriteRequest.Clauses"/> say.</summary>
    Merge,
}
