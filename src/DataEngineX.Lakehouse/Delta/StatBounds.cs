using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What is known of one column in one file; see <see cref="StatValues"/> for the form of the bounds.</summary>
internal readonly record struct StatBounds(object? Min, object? Max, long? NullCount, long? RowCount)
{
    internal bool IsAllNull => NullCount is { } nulls && RowCount is { } rows && nulls == rows;

    internal static StatBounds Of(DataFile file, Field field)
    {
        var stats = file.Stats;
        var rows = stats.RowCount;
        if (file.Add.PartitionValues.TryGetValue(field.Name, out var text))
        {
            var clr = PartitionValues.Parse(field, text);
            var value = StatValues.FromClr(field, clr);
            return new StatBounds(value, value, clr is null ? rows : 0, rows);
        }

        return new StatBounds(
            stats.Min(field.Name) is { } min ? StatValues.Read(field, min, isMax: false) : null,
            stats.Max(field.Name) is { } max ? StatValues.Read(field, max, isMax: true) : null,
            stats.NullCount(field.Name),
            rows);
    }
}
