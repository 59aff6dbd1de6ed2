using System.Globalization;
using BenchmarkDotNet.Attributes;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Sources;

namespace DataEngineX.Benchmarks.Lakehouse;

/// <summary>A CSV file of nine typed columns; the baseline splits lines and parses one value.</summary>
public class CsvBenchmarks : FileBenchmark
{
    [Benchmark(Baseline = true)]
    public double LinqRead() => File.ReadLines(ReadPath).Skip(1).Select(l => l.Split(',')).Sum(f => double.Parse(f[8], CultureInfo.InvariantCulture));

    private protected override BatchSource Source(string path) => new CsvFileSource(path, Table.Schema);

    private protected override async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await using var writer = new CsvWriter(file, Table.Schema);
        foreach (var batch in Batches)
            await writer.WriteAsync(batch).ConfigureAwait(false);
    }
}
