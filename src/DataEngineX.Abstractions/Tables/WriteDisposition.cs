namespace DataEngineX;

/// <summary>What a write does to rows that are there.</summary>
public enum WriteDisposition
{
    /// <summary>They stay; the new rows come after them.</summary>
    Append,

    /// <summary>The new rows take the place of all of them.</summary>
    Replace,

    /// <summary>Rows with a key of a new row are replaced by it, others stay. The last row of a key wins.</summary>
    Upsert,
}
