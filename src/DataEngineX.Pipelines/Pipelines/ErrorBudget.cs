namespace DataEngineX.Pipelines;

/// <summary>How many rows may be set aside before a run stops without publishing.</summary>
/// <param name="Share">The greatest share of the rows read, 0 to 1, or null.</param>
/// <param name="Rows">The most rows, or null.</param>
/// <param name="Runs">Over how many runs it counts: this one and the last that published before it.</param>
public sealed record ErrorBudget(double? Share, long? Rows, int Runs)
{
    internal static ErrorBudget Of(double? share, long? rows, int runs)
    {
        if (share is null && rows is null)
            throw new ArgumentException("An error budget is a share, a number of rows, or both.");
        if (share is { } part)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(part, nameof(share));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(part, 1, nameof(share));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(rows ?? 0, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        return new ErrorBudget(share, rows, runs);
    }
}
