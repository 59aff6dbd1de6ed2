using Apache.Arrow;
using Apache.Arrow.Ipc;
using BenchmarkDotNet.Attributes;
using DataEngineX.Lakehouse.Ipc;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>An Arrow IPC file of nine columns, written by Arrow's own writer; the baseline is Arrow's own reader.</summary>
public class IpcBenchmarks : FileBenchmark
{
    [Benchmark(Baseline = true)]
    public async Task<long> ArrowRead()
    {
        long rows = 0;
        using var file = File.OpenRead(ReadPath);
        using var reader = new ArrowFileReader(file);
        while (await reader.ReadNextRecordBatchAsync().ConfigureAwait(false) is { } batch)
        {
            using (batch)
                rows += batch.Length;
        }

        return rows;
    }

    private protected override BatchSource Source(string path) => new IpcFileSource(path);

    private protected override async Task WriteAsync(string path)
    {
        using var file = File.Create(path);
        using var writer = new ArrowFileWriter(file, Table.Schema);
        foreach (RecordBatch batch in Batches)
            await writer.WriteRecordBatchAsync(batch).ConfigureAwait(false);
        await writer.WriteEndAsync().ConfigureAwait(false);
    }
}
