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
}
