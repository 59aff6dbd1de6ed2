namespace DataEngineX.Quality;

/// <summary>With which earlier values a value is compared.</summary>
public enum Season
{
    /// <summary>With all.</summary>
    None,

    /// <summary>With those of the same hour of the day.</summary>
    Daily,

    /// <summary>With those of the same day of the week.</summary>
    Weekly,
}
