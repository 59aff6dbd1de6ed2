using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>What every row of a table must satisfy, asked of all rows that are written.</summary>
internal sealed class RowRules
{
    private readonly DatasetId _table;
    private readonly Schema _schema;

    private RowRules(DatasetId table, Schema schema)
    {
        _table = table;
        _schema = schema;
    }

    internal static RowRules Of(DatasetId table, LogState? state, Schema schema) => new(table, schema);

    /// <summary>Refuses rows.</summary>
    /// <param name="batch">Borrowed; its first columns are those of the table.</param>
    /// <exception cref="DataEngineXException">A row violates a rule; names it.</exception>
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
    }
}
