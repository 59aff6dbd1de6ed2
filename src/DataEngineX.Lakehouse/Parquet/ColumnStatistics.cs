namespace DataEngineX.Lakehouse.Parquet;

/// <summary>What is known of the values of one column of a file.</summary>
/// <param name="NullCount">How many are null.</param>
/// <param name="Min">A value not greater than any, or null when nothing is known: <see cref="bool"/> is not kept; integers and days are
/// <see cref="long"/>, floating-point numbers <see cref="double"/>, decimals <see cref="Int128"/> (unscaled), timestamps <see cref="long"/>
/// microseconds, texts <see cref="string"/> of at most 32 characters.</param>
/// <param name="Max">A value not less than any, in the same form.</param>
public sealed record ColumnStatistics(long NullCount, object? Min, object? Max)
{
    /// <summary>Of a struct, what is known of its fields; null for other columns.</summary>
    internal IReadOnlyDictionary<string, ColumnStatistics>? Fields { get; init; }
}
