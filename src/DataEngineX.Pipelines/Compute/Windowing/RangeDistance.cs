namespace DataEngineX.Compute;

/// <summary>How far a frame reaches from the order key of its row, in the units of the key. Negative distances turn to the other side.</summary>
/// <param name="IsUnbounded">To the end of the partition.</param>
/// <param name="Whole">For whole numbers, decimals and times.</param>
/// <param name="Real">For floating-point numbers.</param>
internal readonly record struct RangeDistance(bool IsUnbounded, Int128 Whole, double Real);
