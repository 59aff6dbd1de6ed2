namespace DataEngineX.Compute;

/// <summary>Where a row stands in the input.</summary>
/// <param name="Batch">Orders batches.</param>
/// <param name="Row">Orders the rows of a batch.</param>
internal readonly record struct RowPlace(long Batch, int Row)
{
    public bool IsBefore(RowPlace other) => Batch != other.Batch ? Batch < other.Batch : Row < other.Row;
}
