using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Columns of nulls of every type that a table may have.</summary>
internal static class NullColumns
{
    internal static ArrayData Of(IArrowType type, int rows, MemoryAllocator allocator) => type switch
    {
        MapType map => Map(map, rows, allocator),
        StructType structure when structure.Fields.Any(f => HasMap(f.DataType)) => Struct(structure, rows, allocator),
        ListType list when HasMap(list.ValueDataType) => Lists(type, list.ValueDataType, rows, allocator),
        _ => Constants.Nulls(type, rows, allocator).Data,
    };

    internal static bool HasMap(IArrowType type) => type switch
    {
        MapType => true,
        StructType structure => structure.Fields.Any(f => HasMap(f.DataType)),
        ListType list => HasMap(list.ValueDataType),
        _ => false,
    };

    private static ArrayData Map(MapType map, int rows, MemoryAllocator allocator) =>
        Lists(map, new StructType([map.KeyField, map.ValueField]), rows, allocator);

    private static ArrayData Lists(IArrowType type, IArrowType element, int rows, MemoryAllocator allocator)
    {
        var child = Of(element, 0, allocator);
        var validity = Zeros((rows + 7) / 8, allocator);
        return new ArrayData(type, rows, rows, 0, [validity, Zeros((rows + 1) * sizeof(int), allocator)], [child]);
    }

    private static ArrayData Struct(StructType type, int rows, MemoryAllocator allocator) =>
        new(type, rows, rows, 0, [Zeros((rows + 7) / 8, allocator)], [.. type.Fields.Select(f => Of(f.DataType, rows, allocator))]);

    private static ArrowBuffer Zeros(int bytes, MemoryAllocator allocator)
    {
        var owner = allocator.Allocate(Math.Max(64, (bytes + 63) & ~63));
        owner.Memory.Span.Clear();
        return Adopt.Take(ref owner!);
    }
}
