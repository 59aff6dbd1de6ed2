using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Sources;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>A file of JSON lines of nine typed columns; the baseline parses a document a line and takes one value.</summary>
public class JsonLinesBenchmarks : FileBenchmark
{
    [Benchmark(Baseline = true)]
    public double DocumentsRead() => File.ReadLines(ReadPath).Sum(l =>
    {
        using var document = JsonDocument.Parse(l);
        return document.RootElement.GetProperty("v3").GetDouble();
    });

    private protected override BatchSource Source(string path) => new JsonFileSource(path, Table.Schema);

    private protected override async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await using var writer = new JsonLinesWriter(file, Table.Schema);
        foreach (var batch in Batches)
            await writer.WriteAsync(batch).ConfigureAwait(false);
    }
}
