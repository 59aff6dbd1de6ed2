namespace DataEngineX.Quality;

/// <summary>The coarsest unit of which all times of a column are whole multiples.</summary>
public enum TimeResolution
{
    /// <summary>Whole days.</summary>
    Day,

    /// <summary>Whole hours.</summary>
    Hour,

    /// <summary>Whole minutes.</summary>
    Minute,

    /// <summary>Whole seconds.</summary>
    Second,

    /// <summary>Thousandths of a second.</summary>
    Millisecond,

    /// <summary>Millionths of a second.</summary>
    Microsecond,

    /// <summary>Billionths of a second.</summary>
    Nanosecond,
}
