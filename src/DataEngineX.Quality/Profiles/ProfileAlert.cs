namespace DataEngineX.Quality;

/// <summary>Something in a profile that stands out.</summary>
/// <param name="Kind">What.</param>
/// <param name="Column">The column, or null for the rows as a whole.</param>
/// <param name="Value">The measure that led to it, such as a share.</param>
/// <param name="Message">A sentence.</param>
public sealed record ProfileAlert(ProfileAlertKind Kind, string? Column, double Value, string Message)
{
    /// <summary>The sentence.</summary>
    public override string ToString() => Message;
}
