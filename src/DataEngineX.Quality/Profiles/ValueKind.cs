namespace DataEngineX.Quality;

/// <summary>What the values of a profiled column are.</summary>
public enum ValueKind
{
    /// <summary>Values of a type of which only nulls are counted, such as structs.</summary>
    Other,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Floating-point numbers.</summary>
    Float,

    /// <summary>Decimal numbers.</summary>
    Decimal,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Instants, with or without a zone.</summary>
    Timestamp,

    /// <summary>Times of a day.</summary>
    Time,

    /// <summary>Spans of time.</summary>
    Duration,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>Lists, of which the lengths are profiled.</summary>
    List,
}
