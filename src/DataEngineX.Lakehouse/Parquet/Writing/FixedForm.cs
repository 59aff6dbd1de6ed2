namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>How values of a fixed width get from an Arrow array into a file.</summary>
/// <typeparam name="T">A stored value.</typeparam>
/// <param name="Collect">Puts values of an array into a row: all when there are no places, else those at them.</param>
/// <param name="ToBytes">Writes a value as it stands in statistics and, when <paramref name="IsRaw"/> is false, in pages.</param>
/// <param name="Width">The bytes of a stored value.</param>
/// <param name="IsRaw">Whether values lie in pages as they lie in memory.</param>
/// <param name="ToBound">A value in the form of <see cref="ColumnStatistics"/>.</param>
internal sealed record FixedForm<T>(
    FixedForm<T>.Collector Collect, Action<T, byte[]> ToBytes, int Width, bool IsRaw, Func<T, object?> ToBound)
    where T : unmanaged
{
    /// <summary>Puts values of an array into a row.</summary>
    internal delegate void Collector(Apache.Arrow.Array array, ReadOnlySpan<int> places, bool all, Span<T> into);
}
