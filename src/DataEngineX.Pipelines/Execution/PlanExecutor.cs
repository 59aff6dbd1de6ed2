using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Makes the operators of a bound plan and links their streams.</summary>
internal static class PlanExecutor
{
    /// <summary>The output of a plan; the consumer owns each batch.</summary>
    public static IAsyncEnumerable<RecordBatch> Run(BoundNode root, RunScope scope, CancellationToken cancellationToken)
    {
        var context = new EngineContext(scope, root);
        var inputs = new IAsyncEnumerable<RecordBatch>[root.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = context.Counted(Run(root.Inputs[i], scope, cancellationToken), RowFlow.In);
        return context.Counted(root.CreateOperator(context).RunAsync(inputs, cancellationToken), RowFlow.Out);
    }
}
