using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Keeps so many rows drawn by chance. It reads one stream in order, for a position is known only when all rows before were counted.</summary>
internal sealed class SampleRowsOperator(int rows, OperatorContext context) : Operator
{
    public override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reservoir = new Reservoir(rows, context);
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                reservoir.Add(batch);
        }

        if (reservoir.TakeAll() is not { } drawn)
            yield break;
        foreach (var piece in BatchBuffer.TakeSlices(drawn, context.BatchRows))
            yield return piece;
    }
}
