using Apache.Arrow;
using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Benchmarks.Engine;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>What the suites of readers and writers share: the table G1 with two hundred thousand rows in memory and a folder of its own.</summary>
[MemoryDiagnoser]
public abstract class FileBenchmark
{
    private readonly FlowReader _reader = Observations.Reader();
    private readonly string _folder = Directory.CreateTempSubdirectory("dex-benchmark-").FullName;

    private protected GroupByTable Table { get; } = new(200_000);

    private protected RecordBatch[] Batches { get; private set; } = [];

    [GlobalSetup]
    public async Task Setup()
    {
        Batches = Table.ReadAll();
        await WriteAsync(PathOf("read")).ConfigureAwait(false);
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public Task<long> Read() => Observations.DrainAsync(_reader, Flow.From(Source(PathOf("read"))));

    [Benchmark]
    public Task Write() => WriteAsync(PathOf("written"));

    /// <summary>The path of the file that is read.</summary>
    private protected string ReadPath => PathOf("read");

    private protected abstract BatchSource Source(string path);

    private protected abstract Task WriteAsync(string path);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
