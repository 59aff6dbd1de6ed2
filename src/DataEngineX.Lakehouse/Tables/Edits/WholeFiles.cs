using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>
/// Edits that ask for nothing but partitions: by a condition over partition columns, or by keys that are partitions. They apply to all rows of a file or
/// to none, which the log tells without a look at the file.
/// </summary>
internal sealed class WholeFiles
{
    private readonly TableSchema _table;
    private readonly IReadOnlyList<DeltaField> _columns;
    private readonly BoundExpression? _filter;
    private readonly KeyRanges? _keys;
    private readonly RunParameters _parameters;

    private WholeFiles(TableSchema table, IReadOnlyList<DeltaField> columns, BoundExpression? filter, KeyRanges? keys, RunParameters parameters)
    {
        _table = table;
        _columns = columns;
        _filter = filter;
        _keys = keys;
        _parameters = parameters;
    }

    /// <summary>For an edit of a version; null when its rows must be looked at.</summary>
    internal static WholeFiles? Of(TableEdit edit, LogState state, TimeProvider clock)
    {
        if (state.Metadata.PartitionColumns.Count == 0 || edit.Actions is not [{ Condition: null }, ..])
            return null;
        if (edit.AsksOnlyWhether)
            return edit.Filter is null && edit.Partners!.Keys.TellPartitions ? new WholeFiles(state.Columns, [], null, edit.Partners.Keys, default!) : null;
        if (edit.Filter is not { } filter || (edit.Source is not null && !edit.FiltersOnly))
            return null;
        var columns = filter.ColumnNames().Distinct(StringComparer.Ordinal).Select(state.Columns.Find).ToList();
        if (columns.Count == 0 || columns.Exists(c => c is null || !state.Columns.IsPartition(c)))
            return null;
        var schema = new Schema([.. columns.Select(c => new Field(c!.Name, c.Field.DataType, nullable: true))], null);
        return new WholeFiles(state.Columns, columns!, ExpressionBinder.BindPredicate(filter, schema), null, new RunParameters(clock.GetUtcNow()));
    }

    /// <summary>Whether the edit applies to the rows of a file.</summary>
    internal bool Applies(DataFile file)
    {
        if (_filter is null)
            return _keys!.MayHold(file);
        var allocator = MemoryAllocator.Default.Value;
        using var row = new RecordBatch(
            new Schema([.. _columns.Select(c => new Field(c.Name, c.Field.DataType, nullable: true))], null),
            _columns.Select(c => Constants.Create(c.Field.DataType, PartitionValues.Of(_table, c, file.Path, file.PartitionValues), 1, allocator)),
            1);
        using var truth = (BooleanArray)_filter.Evaluate(row, _parameters, allocator);
        return truth.GetValue(0) == true;
    }
}
