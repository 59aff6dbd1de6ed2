namespace DataEngineX.Plans;

/// <summary>What can become of rows at an operator.</summary>
public enum RowFlow
{
    /// <summary>Rows received, or read by a source.</summary>
    In,

    /// <summary>Rows yielded.</summary>
    Out,

    /// <summary>Dropped: a condition did not hold.</summary>
    Filtered,

    /// <summary>Dropped: set aside by a gate.</summary>
    Quarantined,

    /// <summary>Dropped: refused by a reader.</summary>
    Refused,

    /// <summary>Dropped: equal to a row kept.</summary>
    Deduplicated,

    /// <summary>Dropped: folded into the row of a group.</summary>
    Folded,

    /// <summary>Dropped: no partner in a join.</summary>
    Unmatched,

    /// <summary>Generated: further partners of a row in a join, or items of a list.</summary>
    Expanded,

    /// <summary>Generated: rows without a partner that an outer join keeps.</summary>
    Padded,

    /// <summary>Never read by a source, because no row of their row group, page or file can satisfy the condition. Not part of what came in.</summary>
    Pruned,

    /// <summary>Never read by a source, because enough rows had been taken. Not part of what came in; rows of files never opened are not counted.</summary>
    LeftUnread,
}
