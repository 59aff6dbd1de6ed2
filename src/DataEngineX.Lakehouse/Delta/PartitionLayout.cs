using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>By which columns the files of a table are told apart, and which are left to be in the files.</summary>
internal sealed class PartitionLayout
{
    private readonly int[] _by;
    private readonly int[] _stored;
    private readonly Schema _schema;

    /// <param name="schema">The columns of the rows.</param>
    /// <param name="by">The partition columns, in the order of the folders.</param>
    internal PartitionLayout(Schema schema, IReadOnlyList<string> by)
    {
        _schema = schema;
        _by = [.. by.Select(name => schema.GetFieldIndex(name))];
        _stored = [.. Enumerable.Range(0, schema.FieldsList.Count).Except(_by)];
        Stored = _by.Length == 0 ? schema : new Schema([.. _stored.Select(i => schema.FieldsList[i])], null);
    }

    internal bool IsPartitioned => _by.Length > 0;

    /// <summary>The columns of the files.</summary>
    internal Schema Stored { get; }

    /// <summary>The types of the partition columns.</summary>
    internal IReadOnlyList<IArrowType> Types => [.. _by.Select(i => _schema.FieldsList[i].DataType)];

    /// <summary>Refuses columns by which no table can be partitioned.</summary>
    /// <exception cref="PlanException">Names the column.</exception>
    internal static void Check(DatasetId table, Schema schema, IReadOnlyList<string> by)
    {
        foreach (var name in by)
        {
            if (!schema.FieldsList.Any(f => string.Equals(f.Name, name, StringComparison.Ordinal)))
                throw new PlanException($"{table} has no column '{name}' to be partitioned by; it has {string.Join(", ", schema.FieldsList.Select(f => f.Name))}.", column: name);
            if (by.Count(b => string.Equals(b, name, StringComparison.Ordinal)) > 1)
                throw new PlanException($"{table} cannot be partitioned by '{name}' twice.", column: name);
            if (!PartitionValues.Has(schema.GetFieldByName(name).DataType))
                throw new PlanException($"{table} cannot be partitioned by '{name}': values of type {ArrowTypes.NameOf(schema.GetFieldByName(name).DataType)} tell no files apart.", column: name);
        }

        if (by.Count > 0 && by.Count == schema.FieldsList.Count)
            throw new PlanException($"{table} cannot be partitioned by all of its columns: nothing would be left for its data files.", column: by[0]);
    }

    /// <summary>The partition columns of rows.</summary>
    /// <param name="batch">Borrowed, and so is what comes out.</param>
    internal IReadOnlyList<IArrowArray> Keys(RecordBatch batch) => [.. _by.Select(batch.Column)];

    /// <summary>The columns of rows that go to the file.</summary>
    /// <param name="batch">Borrowed; the result shares its values and belongs to the caller.</param>
    internal RecordBatch Strip(RecordBatch batch) =>
        new(Stored, _stored.Select(i => ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain())), batch.Length);

    /// <summary>The texts of the partition of a row, by column.</summary>
    internal Dictionary<string, string?> ValuesAt(RecordBatch batch, int row)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var column in _by)
            values[_schema.FieldsList[column].Name] = PartitionValues.Write(_schema.FieldsList[column], batch.Column(column), row);
        return values;
    }

    /// <summary>The folder of a partition, below that of the table; empty where there are none.</summary>
    internal string FolderOf(Dictionary<string, string?> values) =>
        string.Concat(_by.Select(i => _schema.FieldsList[i].Name).Select(name => HivePaths.Segment(name, values[name]) + "/"));
}
