namespace DataEngineX.Quality;

/// <summary>Lengths of texts, byte strings or lists.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">The standard deviation of a sample; null for less than two.</param>
/// <param name="Empty">How many have length zero.</param>
public sealed record LengthProfile(int? Min, int? Max, double? Mean, double? StandardDeviation, long Empty)
{
    internal static LengthProfile Of(LengthCounts lengths)
    {
        var moments = lengths.Moments();
        return new LengthProfile(
            lengths.Min,
            lengths.Max,
            moments.Count == 0 ? null : moments.Mean,
            moments.Count < 2 ? null : moments.StandardDeviation,
            lengths.Empty);
    }
}
