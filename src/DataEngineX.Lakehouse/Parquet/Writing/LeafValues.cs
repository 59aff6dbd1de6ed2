using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Collects the values of one stored column of a row group, those that are not null one after another, and encodes them page by page.</summary>
internal abstract class LeafValues : IDisposable
{
    /// <summary>The values collected.</summary>
    internal abstract int Count { get; }

    /// <summary>The bytes they take.</summary>
    internal abstract long ByteCount { get; }

    /// <summary>The values of the dictionary; 0 while there is none.</summary>
    internal abstract int DictionaryCount { get; }

    /// <summary>Forgets the values of the row group before.</summary>
    internal abstract void Begin();

    /// <summary>Adds all values of an array that has no nulls.</summary>
    internal abstract void AddAll(Apache.Arrow.Array array);

    /// <summary>Adds values of an array by their places; none of them is null.</summary>
    internal abstract void AddAt(Apache.Arrow.Array array, ReadOnlySpan<int> places);

    /// <summary>Looks for few distinct values; then there is a dictionary.</summary>
    internal abstract void MakeDictionary();

    /// <summary>Writes the values of the dictionary.</summary>
    internal abstract void WriteDictionary(ByteSink sink);

    /// <summary>Writes values of a page, as indices when there is a dictionary.</summary>
    internal abstract void WriteValues(ByteSink sink, int first, int count);

    /// <summary>How values are written when there is no dictionary.</summary>
    internal virtual PageEncoding PlainEncoding => PageEncoding.Plain;

    /// <summary>Bounds of some values, which also count for the file; null when they have none.</summary>
    internal abstract StoredRange? BoundsOf(int first, int count);

    /// <summary>Bounds of all values of the row group so far; null when they have none.</summary>
    internal abstract StoredRange? GroupBounds();

    /// <summary>Bounds of all values of the file, in the form of <see cref="ColumnStatistics"/>.</summary>
    internal abstract (object? Min, object? Max) FileBounds();

    /// <inheritdoc/>
    public abstract void Dispose();
}
