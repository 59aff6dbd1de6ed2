using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>One column of one row group, decoded but not yet cut into batches.</summary>
internal abstract class DecodedColumn : IDisposable
{
    /// <summary>Appends the next rows.</summary>
    internal abstract void AppendNext(ColumnBuilder builder, int rows);

    /// <inheritdoc/>
    public abstract void Dispose();
}
