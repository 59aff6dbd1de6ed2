using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>States that are lists of items, one list a group.</summary>
internal static class ListState
{
    /// <summary>A list array over items that lie group after group.</summary>
    public static IArrowArray Build(IArrowType item, int length, OutputBuffer<int> offsets, IArrowArray items, OutputBuffer<ulong>? validity = null)
    {
        var bitmap = Validity.Build(validity, length, out int nulls);
        return ArrowArrayFactory.BuildArray(new ArrayData(new ListType(item), length, nulls, 0, [bitmap, offsets.Build()], [items.Data]));
    }

    /// <summary>The items of lists, sharing their memory.</summary>
    public static IArrowArray Items(ArrayData lists)
    {
        var offsets = Columns.Offsets(lists);
        return ArrowArrayFactory.BuildArray(lists.Children[0].SliceShared(offsets[0], offsets[^1] - offsets[0]));
    }

    /// <summary>The group of every item; as long as <see cref="Items"/>.</summary>
    public static void Expand(ArrayData lists, ReadOnlySpan<int> groups, Span<int> itemGroups)
    {
        var offsets = Columns.Offsets(lists);
        for (var i = 0; i < groups.Length; i++)
            itemGroups[(offsets[i] - offsets[0])..(offsets[i + 1] - offsets[0])].Fill(groups[i]);
    }
}
