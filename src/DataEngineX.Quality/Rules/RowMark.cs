namespace DataEngineX.Quality;

/// <summary>What a rule says of one row.</summary>
public enum RowMark : byte
{
    /// <summary>Checked, and it holds: what every row starts with.</summary>
    Holds,

    /// <summary>Checked, and violated: counted, sampled, and set aside by a quarantine.</summary>
    Violates,

    /// <summary>Not checked: a missing value, or a row left out by the rule's <c>Where</c>.</summary>
    Skipped,
}
