using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Keeps rows by a hash of their keys.</summary>
internal sealed class KeySampleOperator(double fraction, BoundExpression hash, OperatorContext context) : BatchOperator
{
    private readonly ulong _limit = Chance.LimitOf(fraction);
    private readonly Chance _chance = new(context.Parameters.Seed);

    public override RecordBatch? Process(RecordBatch batch)
    {
        using var hashes = hash.Evaluate(batch, context.Parameters, context.Allocator);
        using var kept = new Rented<int>(batch.Length);
        var count = 0;
        var rows = kept.Span;
        var values = Columns.Values<long>(hashes.Data);
        for (var row = 0; row < values.Length; row++)
        {
            rows[count] = row;
            count += Chance.IsBelow(_chance.At(values[row]), _limit) ? 1 : 0;
        }

        context.Rows.Add(RowFlow.Filtered, batch.Length - count);
        return count == 0 ? null : Selection.Take(batch, rows[..count], context.Allocator);
    }
}
