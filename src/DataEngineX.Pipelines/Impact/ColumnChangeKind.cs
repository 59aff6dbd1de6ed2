namespace DataEngineX.Pipelines;

/// <summary>What becomes of a column of a target.</summary>
public enum ColumnChangeKind
{
    /// <summary>It comes new.</summary>
    Added,

    /// <summary>The flow has it no more: new rows have null there.</summary>
    Missing,

    /// <summary>Its type takes all values it took before, and more.</summary>
    Widened,

    /// <summary>Its type takes fewer values than that of the table, all of which fit.</summary>
    Narrowed,

    /// <summary>Its type is another one.</summary>
    Retyped,

    /// <summary>It is computed from other columns, or otherwise.</summary>
    Computed,
}
