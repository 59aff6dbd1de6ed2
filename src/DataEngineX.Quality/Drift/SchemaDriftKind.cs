namespace DataEngineX.Quality;

/// <summary>How a column of a schema changed.</summary>
public enum SchemaDriftKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is gone, and a new one of the same type stands in its place: most likely it has another name.</summary>
    Renamed,

    /// <summary>It stands elsewhere among the columns that stayed.</summary>
    Reordered,

    /// <summary>Its type takes all values it took before, and more.</summary>
    TypeWidened,

    /// <summary>Its type takes only some of the values it took before.</summary>
    TypeNarrowed,

    /// <summary>Its type is another one.</summary>
    TypeChanged,

    /// <summary>Its times have another zone, or one where there was none.</summary>
    TimeZoneChanged,

    /// <summary>Its times are counted in another unit.</summary>
    TimeUnitChanged,

    /// <summary>Its decimals have another scale, and not only more room.</summary>
    DecimalScaleChanged,

    /// <summary>Something inside of a list or struct changed.</summary>
    NestedChanged,

    /// <summary>Nulls are now allowed.</summary>
    BecameNullable,

    /// <summary>Nulls are no longer allowed.</summary>
    BecameRequired,
}
