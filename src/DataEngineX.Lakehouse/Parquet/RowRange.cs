namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Rows of a row group, by number.</summary>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct RowRange(int First, int Count)
{
    internal int End => First + Count;
}
