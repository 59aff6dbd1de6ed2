using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Writing;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The range that the keys of new rows span in each key column, by which files without any of them are told.</summary>
internal sealed class KeyRanges
{
    private readonly List<(Field Field, object Min, object Max)> _ranges = [];

    internal static KeyRanges Of(Schema schema, KeyIndex index, RecordBatch rows)
    {
        var ranges = new KeyRanges();
        foreach (var column in index.Columns)
        {
            if (ArrayBounds.Of(schema.FieldsList[column], rows.Column(column)) is ({ } min, { } max))
                ranges._ranges.Add((schema.FieldsList[column], min, max));
        }

        return ranges;
    }

    /// <summary>The files that may hold one of the keys.</summary>
    internal IEnumerable<DataFile> Candidates(IEnumerable<DataFile> files) => files.Where(MayHold);

    /// <summary>Whether a file may hold one of the keys.</summary>
    internal bool MayHold(DataFile file)
    {
        foreach (var (field, min, max) in _ranges)
        {
            var bounds = StatBounds.Of(file, DeltaField.Plain(field));
            if (bounds.IsAllNull || (bounds.Min is { } low && StatValues.Compare(low, max) > 0) || (bounds.Max is { } high && StatValues.Compare(high, min) < 0))
                return false;
        }

        return true;
    }
}
