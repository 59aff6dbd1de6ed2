using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>What every row of a table must satisfy, asked of all rows that are written: columns without nulls, and constraints.</summary>
internal sealed class RowRules
{
    private readonly DatasetId _table;
    private readonly Schema _schema;
    private readonly List<(string Name, RowCondition Condition)> _constraints;

    private RowRules(DatasetId table, Schema schema, List<(string Name, RowCondition Condition)> constraints)
    {
        _table = table;
        _schema = schema;
        _constraints = constraints;
    }

    /// <summary>The rules of a version; of a table that is not there yet, those of its columns.</summary>
    /// <exception cref="DataEngineXException">A constraint is not understood.</exception>
    internal static RowRules Of(DatasetId table, LogState? state, Schema schema)
    {
        var parameters = new RunParameters(DateTimeOffset.UnixEpoch);
        return new RowRules(table, schema, state is null
            ? []
            : [.. TableConstraints.Of(state).Concat(ColumnRules.Conditions(state)).Select(c => (c.Name, new RowCondition(c.Condition, schema, parameters)))]);
    }

    /// <summary>Refuses rows.</summary>
    /// <param name="batch">Borrowed; its first columns are those of the table.</param>
    /// <exception cref="DataEngineXException">A row violates a rule; names rule, column and value.</exception>
    internal void Check(RecordBatch batch)
    {
        for (var i = 0; i < _schema.FieldsList.Count; i++)
        {
            if (!_schema.FieldsList[i].IsNullable && batch.Column(i).NullCount > 0)
            {
                throw new DataEngineXException(
                    $"{_table}: column '{_schema.FieldsList[i].Name}' may not be null, but {batch.Column(i).NullCount} of {batch.Length} rows of a batch have no value in it.");
            }
        }

        foreach (var (name, condition) in _constraints)
        {
            if (condition.FirstViolation(batch) is var (_, values))
                throw Violated(_table, name, condition, values);
        }
    }

    /// <summary>The error for a row that violates a constraint.</summary>
    internal static DataEngineXException Violated(DatasetId table, string name, RowCondition condition, string values) =>
        new($"{table}: the constraint '{name}', by which {condition} is true of every row, is violated by a row with {values}.");
}
