using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Makes the operators of a bound plan and links their streams.</summary>
internal static class PlanExecutor
{
    /// <summary>The output of a plan in order; the consumer owns each batch.</summary>
    public static IAsyncEnumerable<RecordBatch> Run(BoundNode root, RunScope scope, CancellationToken cancellationToken)
    {
        var context = new EngineContext(scope, root);
        return OrderedReader.ReadAsync(
            new MeasuredStream(Connect(root, context, scope, cancellationToken), context.Statistics, null, isReadInPlace: false),
            scope.Parallelism, cancellationToken);
    }

    private static BatchStream Connect(BoundNode node, EngineContext context, RunScope scope, CancellationToken cancellationToken)
    {
        var made = node.CreateOperator(context);
        var inputs = new BatchStream[node.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var inner = new EngineContext(scope, node.Inputs[i]);
            inputs[i] = new MeasuredStream(
                Connect(node.Inputs[i], inner, scope, cancellationToken), inner.Statistics, context.Statistics,
                isReadInPlace: made is ParallelOperator or BatchOperator);
        }

        return made switch
        {
            ParallelOperator parallel => parallel.Connect(inputs),
            BatchOperator single => inputs[0].Expand(batch => Apply(single, batch)),
            _ => BatchStream.Of(TimedSequence.Of(made.RunAsync(Sequences(inputs, context), cancellationToken), context.Statistics, 1, cancellationToken)),
        };
    }

    private static IEnumerable<RecordBatch> Apply(BatchOperator single, RecordBatch batch)
    {
        RecordBatch? result;
        using (batch)
            result = single.Process(batch);
        if (result is not null)
            yield return result;
    }

    private static IAsyncEnumerable<RecordBatch>[] Sequences(BatchStream[] inputs, EngineContext context) =>
        [.. inputs.Select(i => TimedSequence.Of(OrderedReader.ReadAsync(i, context.Parallelism, CancellationToken.None), context.Statistics, -1))];
}
