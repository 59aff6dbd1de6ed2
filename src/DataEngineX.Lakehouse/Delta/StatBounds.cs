using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What is known of one column in one file; see <see cref="StatValues"/> for the form of the bounds.</summary>
internal readonly record struct StatBounds(object? Min, object? Max, long? NullCount, long? RowCount)
{
    internal bool IsAllNull => NullCount is { } nulls && RowCount is { } rows && nulls == rows;

    internal static StatBounds Of(DataFile file, DeltaField column)
    {
        var (field, name) = (column.Field, column.PhysicalName);
        if (file.PartitionValues.TryGetValue(name, out var text))
        {
            var rows = file.StoredRows;

            // Who reads the file says what is wrong with the text; here it only tells nothing.
            if (!PartitionValues.TryRead(field, text, out var clr))
                return new StatBounds(null, null, null, rows);
            var value = StatValues.FromClr(field, clr);

            // One value stands for all rows, however many they are.
            return new StatBounds(value, value, clr is null ? rows ?? 1 : 0, rows ?? 1);
        }

        return file.Stats.BoundsOf(field, [name]);
    }

    /// <summary>What is known of a column in the file, or of a part of a struct by the way to it.</summary>
    internal static StatBounds Of(DataFile file, Field field, ReadOnlySpan<string> path) => file.Stats.BoundsOf(field, path);
}
