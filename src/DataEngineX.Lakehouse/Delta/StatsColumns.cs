using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Statistics and partition values as columns of their own types, for readers that skip files by them without reading texts.</summary>
internal sealed class StatsColumns
{
    private readonly TableSchema _schema;
    private readonly IReadOnlyList<DeltaField> _partitions;
    private readonly IReadOnlyList<DeltaField> _counted;
    private readonly IReadOnlyList<DeltaField> _bounded;
    private readonly DeltaField _stats;
    private readonly DeltaField? _partition;

    internal StatsColumns(TableSchema schema)
    {
        _schema = schema;
        _partitions = [.. schema.Fields.Where(schema.IsPartition)];
        _counted = [.. schema.Fields.Where(f => !schema.IsPartition(f) && f.Children.Count == 0 && f.Field.DataType is not NullType)];
        _bounded = [.. _counted.Where(f => f.Field.DataType is not (BooleanType or BinaryType))];
        List<DeltaField> parts = [CheckpointFields.Plain("numRecords", Int64Type.Default)];
        if (_bounded.Count > 0)
            parts.AddRange([Stored("minValues", _bounded), Stored("maxValues", _bounded)]);
        if (_counted.Count > 0)
            parts.Add(CheckpointFields.Struct("nullCount", [.. _counted.Select(f => CheckpointFields.Plain(f.PhysicalName, Int64Type.Default))]));
        _stats = CheckpointFields.Struct("stats_parsed", parts);
        _partition = _partitions.Count == 0 ? null : Stored("partitionValues_parsed", _partitions);
    }

    internal IEnumerable<DeltaField> Fields => _partition is null ? [_stats] : [_stats, _partition];

    internal IEnumerable<ArrayData> Of(IReadOnlyList<AddAction?> adds)
    {
        var rows = adds.Select(a => FileStats.Of(a?.Stats).RowCount).ToList();
        var known = _counted.Select(c => adds.Select(a => FileStats.Of(a?.Stats).BoundsOf(c.Field, [c.PhysicalName], asWritten: true)).ToList()).ToList();
        List<ArrayData> parts = [CheckpointArrays.Longs(rows, r => r)];
        if (_bounded.Count > 0)
            parts.AddRange([Bounds(1, rows, known, static b => b.Min), Bounds(2, rows, known, static b => b.Max)]);
        if (_counted.Count > 0)
            parts.Add(CheckpointArrays.Struct(_stats.Children[^1], rows, r => r is not null, [.. known.Select(column => CheckpointArrays.Longs(column, b => b.NullCount))]));
        yield return CheckpointArrays.Struct(_stats, rows, r => r is not null, [.. parts]);
        if (_partition is not null)
            yield return CheckpointArrays.Struct(_partition, adds, a => a is not null, [.. _partitions.Select(p => Partition(p, adds))]);
    }

    private static DeltaField Stored(string name, IEnumerable<DeltaField> fields) =>
        CheckpointFields.Struct(name, [.. fields.Select(f => CheckpointFields.Plain(f.PhysicalName, f.Field.DataType))]);

    private ArrayData Bounds(int part, IReadOnlyList<long?> rows, IReadOnlyList<List<StatBounds>> known, Func<StatBounds, object?> bound) => CheckpointArrays.Struct(
        _stats.Children[part], rows, r => r is not null,
        [.. _counted.Index().Where(c => _bounded.Contains(c.Item)).Select(c => Bounds(c.Item, known[c.Index], bound))]);

    private static ArrayData Bounds(DeltaField column, IEnumerable<StatBounds> known, Func<StatBounds, object?> bound)
    {
        var builder = ColumnBuilder.Create(column.Field.DataType);
        foreach (var file in known)
            Append(builder, bound(file));
        return builder.Build(MemoryAllocator.Default.Value).Data;
    }

    private static void Append(ColumnBuilder builder, object? value)
    {
        switch (builder, value)
        {
            case (FixedColumnBuilder<sbyte> column, long number):
                column.Append((sbyte)number);
                break;
            case (FixedColumnBuilder<short> column, long number):
                column.Append((short)number);
                break;
            case (FixedColumnBuilder<int> column, long number):
                column.Append((int)number);
                break;
            case (FixedColumnBuilder<long> column, long number):
                column.Append(number);
                break;
            case (FixedColumnBuilder<float> column, double number):
                column.Append((float)number);
                break;
            case (FixedColumnBuilder<double> column, double number):
                column.Append(number);
                break;
            case (FixedColumnBuilder<Int128> column, Int128 number):
                column.Append(number);
                break;
            case (BytesColumnBuilder column, string text):
                column.Append(System.Text.Encoding.UTF8.GetBytes(text));
                break;
            default:
                builder.AppendNull();
                break;
        }
    }

    private ArrayData Partition(DeltaField column, IReadOnlyList<AddAction?> adds)
    {
        var type = column.Field.DataType;
        var values = adds.Select(a => a is null ? null : PartitionValues.Of(_schema, column, DeltaPaths.Decode(a.Path), a.PartitionValues));
        List<IArrowArray> parts = [.. values.Select(v => v is null ? Constants.Nulls(type, 1, MemoryAllocator.Default.Value) : Constants.Create(type, v, 1, MemoryAllocator.Default.Value))];
        using var release = new Parts(parts);
        return ArrowArrayConcatenator.Concatenate(parts).Data;
    }

    private sealed class Parts(IEnumerable<IArrowArray> arrays) : IDisposable
    {
        public void Dispose()
        {
            foreach (var array in arrays)
                array.Dispose();
        }
    }
}
