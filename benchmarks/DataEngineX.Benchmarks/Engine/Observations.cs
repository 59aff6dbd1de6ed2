using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>Observations of 400 stations, always the same ones, as rows and as batches.</summary>
internal static class Observations
{
    private const int BatchRows = 65_536;

    public static Observation[] Rows(int count)
    {
        var random = new Random(42);
        var rows = new Observation[count];
        for (var i = 0; i < count; i++)
            rows[i] = new Observation($"station-{random.Next(400):000}", i % 365, Math.Round((random.NextDouble() * 60) - 20, 1));
        return rows;
    }

    public static IReadOnlyList<RecordBatch> Batches(Observation[] rows) =>
        [.. rows.Chunk(BatchRows).Select(chunk => RowBatch.Create<Observation>(chunk))];

    public static FlowReader Reader(ITableCatalog? tables = null) => new(
        new DataAccess(tables!, null!, TimeProvider.System, new ServiceCollection().BuildServiceProvider()), new EngineOptions { BatchRows = BatchRows });

    /// <summary>Runs a flow to its end and counts its rows.</summary>
    public static async Task<long> DrainAsync(FlowReader reader, Flow flow)
    {
        long rows = 0;
        await foreach (var batch in reader.ReadAsync(flow).ConfigureAwait(false))
        {
            rows += batch.Length;
            batch.Dispose();
        }

        return rows;
    }
}
