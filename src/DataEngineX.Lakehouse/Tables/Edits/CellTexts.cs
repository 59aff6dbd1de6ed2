using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Single cells as texts, for errors that tell values.</summary>
internal static class CellTexts
{
    internal static string Of(IArrowArray column, int row)
    {
        if (!Casts.CanCast(column.Data.DataType, StringType.Default))
            return column.IsNull(row) ? "null" : $"a {ArrowTypes.NameOf(column.Data.DataType)}";
        using var one = Selection.Take(column, [row], MemoryAllocator.Default.Value);
        using var text = Casts.Cast(one, StringType.Default, MemoryAllocator.Default.Value);
        return ((StringArray)text).GetString(0) ?? "null";
    }
}
