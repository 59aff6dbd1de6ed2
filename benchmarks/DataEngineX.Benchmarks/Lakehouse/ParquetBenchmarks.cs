using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Engine;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>A Parquet file of nine columns: read, read with a filter, and written.</summary>
public class ParquetBenchmarks : FileBenchmark
{
    private readonly FlowReader _reader = Observations.Reader();

    [Benchmark]
    public Task<long> ReadFiltered() => Observations.DrainAsync(_reader, Flow.From(Source(ReadPath)).Where(Col("id4") < 10).Select("id1", "v3"));

    private protected override BatchSource Source(string path) => new ParquetFileSource(path);

    private protected override async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await using var writer = await ParquetFileWriter.CreateAsync(file, Table.Schema).ConfigureAwait(false);
        foreach (var batch in Batches)
            await writer.WriteAsync(batch).ConfigureAwait(false);
        await writer.FinishAsync().ConfigureAwait(false);
    }
}
