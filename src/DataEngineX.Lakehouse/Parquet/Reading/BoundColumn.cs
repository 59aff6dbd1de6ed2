using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A column wanted and the column of the file that has it; null when none does, and then every row is null.</summary>
/// <param name="Wanted">The column as it is yielded.</param>
/// <param name="Stored">The column of the file.</param>
/// <param name="Shaped">For lists, structs and maps: the same column with the names, types and fields wanted.</param>
internal sealed record BoundColumn(Field Wanted, FileColumn? Stored, FileColumn? Shaped)
{
    /// <summary>Makes of the values as they are stored, which it takes, those that are wanted. <value>Default: null, they are.</value></summary>
    internal Func<ArrayData, MemoryAllocator, ArrayData>? Finish { get; init; }

    /// <summary>The types wanted of the leaves, by their numbers.</summary>
    internal IReadOnlyDictionary<int, IArrowType> LeafTypes()
    {
        var types = new Dictionary<int, IArrowType>();
        if (Shaped is not null)
            Collect(Shaped, types);
        return types;
    }

    private static void Collect(FileColumn column, Dictionary<int, IArrowType> types)
    {
        if (column.Shape == ColumnShape.Leaf)
            types[column.Leaf] = column.Type!;
        foreach (var child in column.Children)
            Collect(child, types);
    }
}
