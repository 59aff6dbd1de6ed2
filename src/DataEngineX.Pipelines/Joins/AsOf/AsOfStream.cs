using System.Runtime.CompilerServices;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// The output of an as-of join: takes in the right side, then lets the left side pass. If the right side is larger than its share of memory, the
/// rows of both sides are ordered together by keys and time, on disk, and walked once.
/// </summary>
internal sealed class AsOfStream(JoinPlan plan, AsOfUnion union, EngineContext context, IReadOnlyList<BatchStream> inputs) : BatchStream
{
    private readonly OperatorMemory _memory = context.OpenMemory();
    private BuildSide? _build;
    private BatchStream? _left = inputs[0];
    private BatchStream? _right = inputs[1];
    private BatchStream? _output;

    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _output = await PrepareAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var part in _output.PartsAsync(cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var stream in new[] { _output, _left, _right })
            {
                if (stream is not null)
                    await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _build?.Dispose();
            _memory.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<BatchStream> PrepareAsync(CancellationToken cancellationToken)
    {
        using var fold = new AsOfFold(plan, union, context, _memory);
        await fold.TakeRightAsync(Handing.Over(ref _right), cancellationToken).ConfigureAwait(false);
        if (fold.IsOnDisk)
        {
            await fold.TakeLeftAsync(Handing.Over(ref _left), cancellationToken).ConfigureAwait(false);
            return await new AsOfWalk(plan, union, context).RunAsync(fold, cancellationToken).ConfigureAwait(false);
        }

        var (batches, bytes) = fold.TakeAll();
        var chunks = ChunkList.Take(batches, bytes, context, _memory);
        _build = await BuildSide.CreateAsync(chunks, bytes, plan, context, _memory, cancellationToken).ConfigureAwait(false);
        return Handing.Over(ref _left).Expand(new JoinProber(plan, _build, context).Take);
    }
}
