using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Stops a run whose rows lie outside of the partitions that it replaces: they would stand beside those of their own partition.</summary>
internal sealed class PartitionGuard(PartitionRun run, Schema schema, RunScope scope)
{
    private readonly BoundExpression _inside = ExpressionBinder.BindPredicate(run.Condition, schema);

    public void Demand(RecordBatch batch)
    {
        using var inside = (BooleanArray)_inside.Evaluate(batch, scope.Parameters, scope.Allocator);
        for (var row = 0; row < inside.Length; row++)
        {
            if (inside.GetValue(row) != true)
                throw Outside(batch.Column(schema.GetFieldIndex(run.Target.Column.Name)), row);
        }
    }

    private DataEngineXException Outside(IArrowArray column, int row)
    {
        var numbers = new HashSet<long>();
        using var one = Selection.Take(column, [row], scope.Allocator);
        run.Target.Partitioning.Collect(one, numbers);
        var where = column.IsNull(row) ? "has no value" : numbers.Count == 0 ? "is of no partition" : $"lies in {run.Target.Partitioning.NameOf(numbers.First())}";
        return new DataEngineXException(
            $"The run computes {run.Name}, but the column '{run.Target.Column.Name}' of a row {where}: the target's partition column must fall into the partition of the rows it is computed from.");
    }
}
