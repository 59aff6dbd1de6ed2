using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Parquet files with ParquetSharp, which is Arrow C++: read to batches, one column summed, and written.</summary>
internal static class ParquetSharpPeers
{
    private const string Name = "parquetsharp";

    public static IEnumerable<Entry> Read(CompareOptions options, string file, AnswerShape shape)
    {
        if (options.Wants(Name))
            yield return new PeerEntry<List<RecordBatch>>(Name, () => ReadAll(file, null), batches => BatchAnswer.Read(batches, shape));
    }

    public static IEnumerable<Entry> Sum(CompareOptions options, string file)
    {
        if (options.Wants(Name))
            yield return new PeerEntry<object>(Name, () => ReadAll(file, [4]).Sum(b => Sum((DoubleArray)b.Column(0))), sum => Digest((double)sum));
    }

    public static IEnumerable<Entry> Write(CompareOptions options, IReadOnlyList<RecordBatch> batches, Func<string, Answer> answer)
    {
        var path = DataFiles.Output(Name);
        if (options.Wants(Name))
            yield return new PeerEntry<WrittenFile>(Name, () => WriteAll(batches, path), file => answer(file.Path));
    }

    private static double Sum(DoubleArray column)
    {
        var sum = 0.0;
        foreach (var value in column.Values)
            sum += value;
        return sum;
    }

    private static Answer Digest(double sum)
    {
        var answer = new AnswerBuilder(1, AnswerShape.Default);
        answer.AddDouble(0, sum);
        answer.EndRow();
        return answer.Build();
    }

    private static List<RecordBatch> ReadAll(string file, int[]? columns)
    {
        using var reader = new FileReader(file);
        using var stream = reader.GetRecordBatchReader(columns: columns);
        var batches = new List<RecordBatch>();
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
            batches.Add(batch);
        return batches;
    }

    private static WrittenFile WriteAll(IReadOnlyList<RecordBatch> batches, string path)
    {
        using var properties = new WriterPropertiesBuilder().Compression(Compression.Zstd).Build();
        using var writer = new FileWriter(path, batches[0].Schema, properties);
        foreach (var batch in batches)
            writer.WriteRecordBatch(batch, batch.Length);
        writer.Close();
        return new WrittenFile(path);
    }

    private sealed record WrittenFile(string Path) : IDisposable
    {
        public void Dispose() => File.Delete(Path);
    }
}
