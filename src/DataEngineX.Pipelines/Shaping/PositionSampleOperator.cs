using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Keeps rows by their position. It reads one stream in order, for a position is known only when all rows before were counted.</summary>
internal sealed class PositionSampleOperator(double fraction, OperatorContext context) : Operator
{
    private readonly ulong _limit = Chance.LimitOf(fraction);
    private readonly Chance _chance = new(context.Parameters.Seed);

    public override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0L;
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            RecordBatch? drawn;
            using (batch)
                drawn = Draw(batch, position);
            position += batch.Length;
            if (drawn is not null)
                yield return drawn;
        }
    }

    private RecordBatch? Draw(RecordBatch batch, long position)
    {
        using var kept = new Rented<int>(batch.Length);
        var rows = kept.Span;
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            rows[count] = row;
            count += Chance.IsBelow(_chance.At(position + row), _limit) ? 1 : 0;
        }

        context.Rows.Add(RowFlow.Filtered, batch.Length - count);
        return count == 0 ? null : Selection.Take(batch, rows[..count], context.Allocator);
    }
}
