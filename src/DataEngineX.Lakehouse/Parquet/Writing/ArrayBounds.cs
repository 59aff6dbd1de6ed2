using Apache.Arrow;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Bounds of the values of an array, as a file that held them would have.</summary>
internal static class ArrayBounds
{
    /// <summary>The bounds in the form of <see cref="ColumnStatistics"/>; null when there are none.</summary>
    internal static (object? Min, object? Max) Of(Field field, IArrowArray array)
    {
        using var leaf = new LeafChunk(WriterSchema.Of(new Schema([field], null)).Leaves[0], new ParquetWriteOptions());
        leaf.Begin();
        RowGroupWriter.AddFlat(field, array, leaf);
        leaf.Values.BoundsOf(0, leaf.Values.Count);
        return leaf.Values.FileBounds();
    }
}
