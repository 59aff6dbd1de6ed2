using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Joins one partition of both sides from disk. If the held side does not fit, both are divided again; if that does not help, because one key
/// has too many rows, the held side is read in blocks and the streamed side past each of them.
/// </summary>
internal sealed class PartitionJoin(JoinPlan plan, EngineContext context, OperatorMemory memory)
{
    /// <summary>The bytes of held rows for which a partition is joined at once: each thread has one, and its table beside it.</summary>
    private long BlockBytes => Math.Max(1, memory.LimitBytes / context.Parallelism / 3);

    /// <summary>The joined rows of a partition.</summary>
    /// <param name="build">The held side.</param>
    /// <param name="probe">The streamed side.</param>
    /// <param name="level">How often both were divided before.</param>
    /// <param name="mayDivide">Whether dividing again can help.</param>
    public IEnumerable<RecordBatch> Run(SpillFile build, SpillFile probe, int level, bool mayDivide)
    {
        using var heldBuild = build;
        using var heldProbe = probe;
        var joined = build.Bytes > BlockBytes && mayDivide && level < Partitions.MostLevels
            ? Divide(build, probe, level)
            : InBlocks(build, probe);
        foreach (var batch in joined)
            yield return batch;
    }

    private IEnumerable<RecordBatch> Divide(SpillFile build, SpillFile probe, int level)
    {
        using var builds = Divided(build, plan.BuildInput, level);
        using var probes = Divided(probe, plan.ProbeInput, level);
        for (var p = 0; p < builds.Count; p++)
        {
            foreach (var batch in Run(builds[p], probes[p], level + 1, mayDivide: builds[p].Rows < build.Rows / 10 * 9))
                yield return batch;
        }
    }

    private Partitions Divided(SpillFile file, int input, int level)
    {
        var partitions = new Partitions(plan.Inputs[input], plan.Keys[input], level, context);
        try
        {
            foreach (var batch in Merged(file))
            {
                using (batch)
                    partitions.Write(batch);
            }

            return partitions;
        }
        catch
        {
            partitions.Dispose();
            throw;
        }
    }

    private IEnumerable<RecordBatch> InBlocks(SpillFile build, SpillFile probe)
    {
        using var marks = new ProbeMarks(probe.Rows, memory);
        long pairs = 0;
        foreach (var block in Blocks(build))
        {
            using (block)
            {
                var prober = new JoinProber(plan, block, context);
                long row = 0;
                foreach (var batch in Merged(probe))
                {
                    using (batch)
                    {
                        foreach (var joined in prober.Pairs(batch, marks.Of(row, batch.Length)))
                        {
                            pairs += joined.Length;
                            yield return joined;
                        }

                        row += batch.Length;
                    }
                }

                for (var chunk = 0; plan.MarksBuild && chunk < block.Chunks.Count; chunk++)
                {
                    foreach (var rest in prober.Rest(chunk))
                        yield return rest;
                }
            }
        }

        using var none = NoRows();
        var last = new JoinProber(plan, none, context);
        if (!last.FinishesProbe)
        {
            last.Account(marks.All, pairs);
            yield break;
        }

        foreach (var rest in Finish(probe, last, marks, pairs))
            yield return rest;
    }

    /// <summary>Rows of the streamed side that come out by whether any block had a partner.</summary>
    private IEnumerable<RecordBatch> Finish(SpillFile probe, JoinProber prober, ProbeMarks marks, long pairs)
    {
        long row = 0;
        foreach (var batch in Merged(probe))
        {
            RecordBatch? rest;
            using (batch)
                rest = prober.Finish(batch, marks.Of(row, batch.Length).Span, row == 0 ? pairs : 0);
            row += batch.Length;
            if (rest is not null)
                yield return rest;
        }
    }

    private IEnumerable<BuildSide> Blocks(SpillFile file)
    {
        var batches = new List<RecordBatch>();
        long bytes = 0;
        try
        {
            foreach (var batch in file.Read(context.Allocator))
            {
                batches.Add(batch);
                var size = BatchBytes.Of(batch);
                bytes += size;
                memory.Hold(size);
                if (bytes <= BlockBytes)
                    continue;
                var (full, held) = (batches, bytes);
                (batches, bytes) = ([], 0);
                yield return Side(full, held);
            }

            if (batches.Count > 0)
            {
                var (last, held) = (batches, bytes);
                (batches, bytes) = ([], 0);
                yield return Side(last, held);
            }
        }
        finally
        {
            memory.Hold(-bytes);
            foreach (var batch in batches)
                batch.Dispose();
        }
    }

    private BuildSide NoRows() => Side([], 0);

    private BuildSide Side(List<RecordBatch> batches, long held) =>
        BuildSide.Create(ChunkList.Take(batches, held, context, memory), held, plan, context, memory);

    /// <summary>The batches of a file; small ones, as dividing leaves them, are put together.</summary>
    private IEnumerable<RecordBatch> Merged(SpillFile file)
    {
        var small = new List<RecordBatch>();
        var rows = 0;
        try
        {
            foreach (var batch in file.Read(context.Allocator))
            {
                small.Add(batch);
                rows += batch.Length;
                if (rows < context.BatchRows / 2)
                    continue;
                rows = 0;
                yield return Merge(small);
            }

            if (small.Count > 0)
                yield return Merge(small);
        }
        finally
        {
            foreach (var batch in small)
                batch.Dispose();
        }
    }

    private RecordBatch Merge(List<RecordBatch> small)
    {
        var merged = Concatenation.Concat(small, context.Allocator);
        foreach (var batch in small)
            batch.Dispose();
        small.Clear();
        return merged;
    }
}
