namespace DataEngineX.Compute;

/// <summary>1970-01-01, from which Arrow counts days and instants, in the counts of the CLR.</summary>
internal static class Epoch
{
    public const int Day = 719_162;

    public const long Ticks = Day * TimeSpan.TicksPerDay;
}
