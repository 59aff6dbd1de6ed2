namespace DataEngineX.Quality;

/// <summary>Turns the values of a column into categories: seen once, then asked for. Values come as the bytes of a key, without the mark for null.</summary>
internal abstract class Categories
{
    /// <summary>The category of rows without a value.</summary>
    public const int Missing = -1;

    /// <summary>Categories of a column: its values, or bins of them.</summary>
    public static Categories Of(StoredColumn column, ColumnBins? bins) => bins switch
    {
        null => new ValueCategories(column),
        { Edges: { } edges } => new EdgeCategories(column, edges),
        { Groups: { } groups } => new GroupCategories(column, groups),
        _ when ColumnBins.AreIntervals(column) => new EdgeCategories(column, bins.Count),
        _ => new CommonCategories(column, bins.Count),
    };

    /// <summary>Looks at a value before any category is asked for.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">The rows with it.</param>
    public virtual void See(ReadOnlySpan<byte> value, long count)
    {
    }

    /// <summary>Ends the first look.</summary>
    public virtual void Close()
    {
    }

    /// <summary>The category of a value; from 0.</summary>
    public abstract int Of(ReadOnlySpan<byte> value);
}
