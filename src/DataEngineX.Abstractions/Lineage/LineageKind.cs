namespace DataEngineX;

/// <summary>How one column depends on another.</summary>
public enum LineageKind
{
    /// <summary>The value itself.</summary>
    Identity,

    /// <summary>Computed from the value.</summary>
    Transformation,

    /// <summary>An aggregate over values.</summary>
    Aggregation,

    /// <summary>Computed from neighbouring rows.</summary>
    Window,

    /// <summary>The value chose between others.</summary>
    Conditional,

    /// <summary>The value joined rows.</summary>
    Join,

    /// <summary>The value formed groups.</summary>
    GroupBy,

    /// <summary>The value decided whether rows were kept.</summary>
    Filter,

    /// <summary>The value ordered rows.</summary>
    Sort,

    /// <summary>An opaque step: nothing is known, nothing is guessed.</summary>
    Unknown,
}
