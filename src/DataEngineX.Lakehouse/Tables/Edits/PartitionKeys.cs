using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The partitions that keys of rows belong to, by which files without any of them are told exactly.</summary>
internal sealed class PartitionKeys
{
    /// <summary>Beyond so many partitions it does not pay to hold each.</summary>
    private const int Most = 20_000;

    private readonly TableSchema _table;
    private readonly int[] _columns;
    private readonly IReadOnlyList<DeltaField> _fields;
    private readonly HashSet<string> _partitions = new(StringComparer.Ordinal);

    private PartitionKeys(TableSchema table, int[] columns, IReadOnlyList<DeltaField> fields)
    {
        _table = table;
        _columns = columns;
        _fields = fields;
    }

    /// <summary>The partition columns among the key columns.</summary>
    internal IEnumerable<string> Columns => _fields.Select(f => f.Name);

    /// <summary>Whether there are so many partitions that they are not told any more.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>For keys of rows that come into a table; null when they do not tell its partitions.</summary>
    internal static PartitionKeys? Of(Schema rows, IReadOnlyList<string> key, TableSchema? table)
    {
        if (table is null)
            return null;
        var fields = key.Select(table.Find).OfType<DeltaField>().Where(f => table.IsPartition(f) && ArrowTypes.Same(f.Field.DataType, rows.GetFieldByName(f.Name).DataType)).ToList();
        return fields.Count == 0 ? null : new PartitionKeys(table, [.. fields.Select(f => rows.GetFieldIndex(f.Name))], fields);
    }

    /// <summary>Takes the keys of a batch.</summary>
    /// <param name="batch">Borrowed.</param>
    internal void Add(RecordBatch batch)
    {
        if (IsOpen || batch.Length == 0)
            return;
        using var index = new GroupIndex([.. _fields.Select(f => f.Field.DataType)], MemoryAllocator.Default.Value);
        var groups = new int[batch.Length];
        index.Map([.. _columns.Select(batch.Column)], groups);
        for (int i = 0, next = 0; i < groups.Length; i++)
        {
            if (groups[i] != next)
                continue;
            next++;
            _partitions.Add(Text(_fields.Select((f, c) => PartitionValues.Write(f.Field, batch.Column(_columns[c]), i))));
        }

        IsOpen = _partitions.Count > Most;
    }

    /// <summary>Whether a file is of one of the partitions.</summary>
    internal bool MayHold(DataFile file) =>
        IsOpen || _partitions.Contains(Text(_fields.Select(f => PartitionValues.Normal(_table, f, file))));

    private static string Text(IEnumerable<string?> values) =>
        string.Concat(values.Select(v => v is null ? "-" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{v.Length}:{v}")));
}
