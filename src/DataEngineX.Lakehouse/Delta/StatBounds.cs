using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What is known of one column in one file; see <see cref="StatValues"/> for the form of the bounds.</summary>
internal readonly record struct StatBounds(object? Min, object? Max, long? NullCount, long? RowCount)
{
    internal bool IsAllNull => NullCount is { } nulls && RowCount is { } rows && nulls == rows;

    internal static StatBounds Of(DataFile file, DeltaField column)
    {
        var stats = file.Stats;
        var (field, name) = (column.Field, column.PhysicalName);
        var rows = stats.RowCount;
        if (file.PartitionValues.TryGetValue(name, out var text))
        {
            var clr = PartitionValues.Parse(field, text);
            var value = StatValues.FromClr(field, clr);

            // One value stands for all rows, however many they are.
            return new StatBounds(value, value, clr is null ? rows ?? 1 : 0, rows ?? 1);
        }

        return Of(file, field, [name]);
    }

    /// <summary>What is known of a column in the file, or of a part of a struct by the way to it.</summary>
    internal static StatBounds Of(DataFile file, Field field, IReadOnlyList<string> path)
    {
        var stats = file.Stats;
        return new StatBounds(
            stats.Min(path) is { } min ? StatValues.Read(field, min, isMax: false) : null,
            stats.Max(path) is { } max ? StatValues.Read(field, max, isMax: true) : null,
            stats.NullCount(path),
            stats.RowCount);
    }
}
