using Apache.Arrow;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Walks down one column of one row group.</summary>
internal abstract class ColumnCursor : IDisposable
{
    /// <summary>Passes over rows; whole pages of them are not even unpacked.</summary>
    internal abstract void Skip(int rows);

    /// <summary>Decodes the next rows.</summary>
    /// <returns>The column, which the caller owns.</returns>
    internal abstract ArrayData Read(int rows);

    /// <inheritdoc/>
    public abstract void Dispose();
}
