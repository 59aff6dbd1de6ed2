using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Incremental;

/// <summary>Tables that are read by key or in full, and what happens to them meanwhile.</summary>
internal static class KeyedReads
{
    /// <summary>A read by key, or of everything.</summary>
    public static Flow Of(string table, bool keyed, string key) =>
        keyed ? new Flow(new ScanNode(new TableSource(DatasetId.Table(Layer.Silver, table)), isIncremental: true) { Key = [key] }) : Flow.Table(Layer.Silver, table);

    public static async Task ChangeAsync(Upstream table, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                await table.DeleteAsync(Col("id") % 5L == (long)random.Next(5));
                break;
            case 1:
                await table.DeleteAsync(random.Next(2) == 0 ? Col("station") == Stations[random.Next(4)]! : Col("station").IsNull());
                break;
            case 2:
                await table.UpsertAsync([.. Some(random, 3).DistinctBy(r => r.Id)]);
                break;
            case 3 when random.Next(3) == 0:
                await table.ReplaceAsync(Some(random, 10));
                break;
            default:
                await table.AppendAsync(Some(random, 4));
                break;
        }
    }

    private static readonly string?[] Stations = ["a", "b", "c", "d", null];

    public static Order[] Some(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(1, most)).Select(_ => new Order(random.Next(40), Stations[random.Next(5)], random.Next(8)))];
}
