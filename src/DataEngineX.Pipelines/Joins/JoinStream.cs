using System.Runtime.CompilerServices;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// The output of a hash join: takes in the held side first, then lets the streamed side pass. If the held side is larger than its share of
/// memory, both sides are divided on disk and joined partition by partition.
/// </summary>
internal sealed class JoinStream(JoinPlan plan, JoinFilters filters, EngineContext context, IReadOnlyList<BatchStream> inputs) : BatchStream
{
    private readonly OperatorMemory _memory = context.OpenMemory();
    private readonly List<IDisposable> _held = [];
    private BatchStream? _build = inputs[plan.BuildInput];
    private BatchStream? _probe = inputs[plan.ProbeInput];
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
            foreach (var stream in new[] { _output, _build, _probe })
            {
                if (stream is not null)
                    await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var held in _held)
                held.Dispose();
            _memory.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<BatchStream> PrepareAsync(CancellationToken cancellationToken)
    {
        using var fold = new BuildFold(plan, context, _memory);
        await fold.RunAsync(Handing.Over(ref _build), cancellationToken).ConfigureAwait(false);
        if (fold.Spilled is not null)
            return await DivideAsync(fold.TakeSpilled(), cancellationToken).ConfigureAwait(false);
        var (batches, bytes) = fold.TakeAll();
        var build = await BuildSide.CreateAsync(ChunkList.Take(batches, bytes, context, _memory), bytes, plan, context, _memory, cancellationToken).ConfigureAwait(false);
        _held.Add(build);
        filters.Give(build, context);
        var prober = new JoinProber(plan, build, context);
        var joined = Handing.Over(ref _probe).Expand(prober.Take);
        return plan.MarksBuild
            ? joined.Then(Of(Enumerable.Range(0, build.Chunks.Count).Select(c => BatchPart.Of(() => prober.Rest(c)))))
            : joined;
    }

    private async ValueTask<BatchStream> DivideAsync(Partitions builds, CancellationToken cancellationToken)
    {
        _held.Add(builds);
        var probes = new Partitions(plan.Inputs[plan.ProbeInput], plan.ProbeKeys, 0, context);
        _held.Add(probes);
        await Workers.FoldAsync(Handing.Over(ref _probe), context, () => new PartitionWriter(probes), cancellationToken).ConfigureAwait(false);
        var join = new PartitionJoin(plan, context, _memory);
        return Of(Enumerable.Range(0, builds.Count).Select(p => BatchPart.Of(() => join.Run(builds[p], probes[p], 1, mayDivide: builds.Count > 1))));
    }

    private sealed class PartitionWriter(Partitions partitions) : IFoldWorker
    {
        public ValueTask TakeAsync(Apache.Arrow.RecordBatch batch, long sequence, CancellationToken cancellationToken)
        {
            using (batch)
                partitions.Write(batch);
            return ValueTask.CompletedTask;
        }
    }
}
