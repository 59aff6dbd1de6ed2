namespace DataEngineX.Lakehouse.Delta;

/// <summary>How the columns of a table are found in its data files.</summary>
internal enum ColumnMapping
{
    /// <summary>By their names.</summary>
    None,

    /// <summary>By the physical names that the schema gives them.</summary>
    Name,

    /// <summary>By their numbers; partition values and statistics by their physical names.</summary>
    Id,
}
