using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A profile at work in one run.</summary>
internal sealed class ProfileOperator(BoundProfile profile, OperatorContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => BatchStream.Defer(async cancellationToken =>
    {
        var result = await Profile.FoldAsync(inputs[0], profile, context.Parameters.Clock, context.Parallelism, context.Allocator, cancellationToken)
            .ConfigureAwait(false);
        var column = new StringArray.Builder().Append(result.ToJson()).Build(context.Allocator);
        context.Rows.Add(RowFlow.Folded, result.Rows);
        context.Rows.Add(RowFlow.Padded, 1);
        return BatchStream.Of([BatchPart.Of(new RecordBatch(ProfileNode.OutputSchema, [column], 1))]);
    });
}
