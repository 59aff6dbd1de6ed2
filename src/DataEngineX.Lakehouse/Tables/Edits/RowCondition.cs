using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>A condition that must be true of every row; null is not true.</summary>
internal sealed class RowCondition(Expr condition, Schema schema, RunParameters parameters)
{
    private readonly BoundExpression _bound = ExpressionBinder.BindPredicate(condition, schema);

    /// <summary>The first row that does not satisfy it, with the values of the columns asked; null when all do.</summary>
    /// <param name="batch">Borrowed; its first columns have the schema.</param>
    internal (int Row, string Values)? FirstViolation(RecordBatch batch)
    {
        using var truth = _bound.Evaluate(batch, parameters, MemoryAllocator.Default.Value);
        var holds = (BooleanArray)truth;
        for (var row = 0; row < batch.Length; row++)
        {
            if (holds.GetValue(row) != true)
                return (row, string.Join(", ", condition.ColumnNames().Select(name => $"{name} = {CellTexts.Of(batch.Column(schema.GetFieldIndex(name)), row)}")));
        }

        return null;
    }

    /// <summary>The condition.</summary>
    public override string ToString() => condition.Canonical;
}
