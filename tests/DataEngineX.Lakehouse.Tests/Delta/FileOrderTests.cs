using System.Globalization;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Files come in the order in which they were added last, however often they came and went.</summary>
public class FileOrderTests(ITestOutputHelper output)
{
    private const int Files = 150;
    private const int Versions = 120;

    [Fact]
    public async Task Any_sequence_of_additions_and_removals_gives_the_files_in_their_order()
    {
        var seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new System.Random(seed);
        using var table = new HandTable();
        OutsideReader.Run($"copy (select range::integer as id, range as part from range({Files})) to '{table["parts"]}' (format parquet, partition_by (part))");
        var expected = new List<List<int>>();
        var live = new List<int>();
        for (var version = 0; version < Versions; version++)
        {
            List<string> lines = version == 0 ? [Protocol(), Metadata([Field("id", "integer")])] : [];
            var removed = live.Where(_ => random.Next(12) == 0 || (version == 60 && random.Next(10) > 0)).ToList();
            var added = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(Files)).Distinct().ToList();
            lines.AddRange(added.Select(id => Add(PathOf(id, encoded: random.Next(2) == 0))));
            lines.AddRange(removed.Except(added).Concat(added.Where(live.Contains)).Select(id => Remove(PathOf(id, encoded: random.Next(2) == 0))));
            live.RemoveAll(id => removed.Contains(id) || added.Contains(id));
            live.AddRange(added);
            expected.Add([.. live]);
            table.Entry(version, [.. lines]);
            if (version % 17 == 5)
                Assert.Equal(live.Count, (await (await table.TableAsync()).GetSnapshotAsync()).FileCount);
        }

        foreach (var version in new[] { Versions - 1, 0, 59, 60, 61, random.Next(Versions) })
            Assert.Equal(expected[version].Select(id => id.ToString(CultureInfo.InvariantCulture)), await table.RowsAsync(new TableScan { Version = version }));
    }

    /// <summary>The path of a file, in one of the spellings that mean the same.</summary>
    private static string PathOf(int id, bool encoded) => $"parts/part{(encoded ? "%3D" : "=")}{id}/data_0.parquet";
}
