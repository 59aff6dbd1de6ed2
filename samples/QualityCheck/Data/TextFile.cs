using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Text;

namespace QualityCheck.Data;

/// <summary>What CSV and JSON lines have in common: a line that does not fit ends the read, for a check must not overlook rows.</summary>
internal static class TextFile
{
    /// <summary>How much of a file is looked at to find its columns: all of most files.</summary>
    public const int SampleBytes = 32 << 20;

    public delegate IAsyncEnumerable<RecordBatch> Read(MemoryAllocator? allocator, Action<LineReject>? onReject, CancellationToken cancellationToken);

    public static async IAsyncEnumerable<RecordBatch> ReadAsync(Read read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LineReject? misfit = null;
        await foreach (var batch in read(null, reject => misfit ??= reject, cancellationToken))
        {
            if (misfit is not null)
                batch.Dispose();
            Check(misfit);
            yield return batch;
        }

        Check(misfit);
    }

    private static void Check(LineReject? misfit)
    {
        if (misfit is not null)
            throw new MisfitException(misfit);
    }
}
