using System.Globalization;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Lakehouse.Tests.Parquet;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>The keys of the held side of a join spare the Parquet reader row groups and pages of the streamed side, and change no row.</summary>
public sealed class JoinFilterTests : IAsyncLifetime
{
    private const int RowCount = 40_000;

    private static readonly TimestampType Instant = new(TimeUnit.Microsecond, "UTC");
    private static readonly Decimal128Type Price = new(12, 3);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Flow Facts => Flow.From(new ParquetFileSource(_folder["facts.parquet"]));

    public async ValueTask InitializeAsync()
    {
        var n = new Int64Array.Builder();
        var text = new StringArray.Builder();
        var at = new TimestampArray.Builder(Instant);
        var price = new Decimal128Array.Builder(Price);
        for (var i = 0; i < RowCount; i++)
        {
            _ = i % 50 == 7 ? n.AppendNull() : n.Append(i);
            text.Append($"t{i:D7}");
            at.Append(At(i));
            price.Append(PriceOf(i));
        }

        var schema = new Schema([new Field("n", Int64Type.Default, true), new Field("text", StringType.Default, true),
            new Field("at", Instant, true), new Field("price", Price, true)], null);
        using var batch = new RecordBatch(schema, [n.Build(), text.Build(), at.Build(), price.Build()], RowCount);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 4_000 });
        await File.WriteAllBytesAsync(_folder["facts.parquet"], bytes, Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(JoinKind.Inner, JoinSide.Right, true)]
    [InlineData(JoinKind.Semi, JoinSide.Right, true)]
    [InlineData(JoinKind.Right, JoinSide.Right, true)]
    [InlineData(JoinKind.Left, JoinSide.Right, false)]
    [InlineData(JoinKind.Anti, JoinSide.Right, false)]
    [InlineData(JoinKind.Full, JoinSide.Right, false)]
    public async Task A_join_spares_its_streamed_side_what_cannot_match(JoinKind kind, JoinSide side, bool spares)
    {
        var flow = Joined(Facts, Keys(5, 12, 13), kind, side);
        var report = await Reader(4096).ExplainRunAsync(flow, Cancel);
        Assert.Equal(spares, report.Contains("gives a filter on n to the scan of", StringComparison.Ordinal));
        var (read, pruned) = Counts(report);
        Assert.Equal(RowCount, read + pruned);
        Assert.Equal(spares, pruned >= RowCount - 4_000);
    }

    [Fact]
    public async Task Scattered_keys_spare_the_row_groups_between_them()
    {
        var (_, pruned) = Counts(await Reader(4096).ExplainRunAsync(Joined(Facts, Keys(5, 39_990), JoinKind.Inner, JoinSide.Right), Cancel));
        Assert.True(pruned >= RowCount - 8_000, $"{pruned} rows were pruned");
    }

    [Fact]
    public async Task An_empty_held_side_is_no_error()
    {
        Assert.Empty(await LinesAsync(Joined(Facts, Keys(), JoinKind.Inner, JoinSide.Right), 4096));
        Assert.Empty(await LinesAsync(Joined(Facts, Keys(null, null), JoinKind.Inner, JoinSide.Right), 4096));
    }

    /// <summary>Below a limit other rows would be the first ones.</summary>
    [Fact]
    public async Task A_filter_does_not_pass_a_limit()
    {
        var flow = Joined(Facts.Take(100), Keys(5, 39_990), JoinKind.Inner, JoinSide.Right);
        var report = await Reader(64).ExplainRunAsync(flow, Cancel);
        Assert.DoesNotContain("gives a filter", report, StringComparison.Ordinal);
        Assert.Equal(["5"], await LinesAsync(flow, 64));
    }

    [Fact]
    public async Task A_filter_passes_conditions_renames_unions_group_keys_and_other_joins()
    {
        var renamed = Facts.Where(Col("text") != "t0000013").Select(Col("n").As("m"), Col("text"));
        var other = Joined(renamed.Select(Col("m").As("n"), Col("text")), Keys([.. Enumerable.Range(0, RowCount).Select(i => (long?)i)]), JoinKind.Inner, JoinSide.Right);
        var grouped = other.GroupBy("n").Aggregate(Aggregate.Count().As("rows"));
        var flow = Joined(grouped.Union(grouped), Keys(5, 12, 13), JoinKind.Inner, JoinSide.Right);
        var report = await Reader(4096).ExplainRunAsync(flow, Cancel);
        Assert.All(Regex.Matches(report, @"([\d,]+) pruned").Select(m => Number(m.Groups[1].Value)), p => Assert.True(p >= RowCount - 4_000));
        Assert.Equal(2, Regex.Count(report, @"[\d,]+ pruned"));
        Assert.Equal(["12", "12", "5", "5"], await LinesAsync(flow, 4096));
    }

    [Fact]
    public async Task Text_keys_spare_rows_too()
    {
        var right = Facts.Where(Col("n") >= 8_100L & Col("n") < 8_200L).Select(Col("text"));
        var flow = new Flow(new JoinNode(Facts.Node, right.Node, JoinKind.Semi, [Col("text")], [Col("text")]) { BuildSide = JoinSide.Right });
        var report = await Reader(4096).ExplainRunAsync(flow, Cancel);
        Assert.Contains("gives a filter on text", report, StringComparison.Ordinal);
        Assert.Equal(98, (await LinesAsync(flow, 4096)).Count);
    }

    /// <summary>The times before the epoch and the negative prices too.</summary>
    [Theory]
    [InlineData("at", 8_100, 8_200)]
    [InlineData("at", 0, 50)]
    [InlineData("price", 8_100, 8_200)]
    [InlineData("price", 39_900, 39_999)]
    [InlineData("price", 0, 3)]
    public async Task Times_and_decimals_spare_rows_too(string key, int from, int to)
    {
        var right = Facts.Where(Col("text") >= $"t{from:D7}" & Col("text") < $"t{to:D7}").Select(Col(key));
        var flow = new Flow(new JoinNode(Facts.Node, right.Node, JoinKind.Semi, [Col(key)], [Col(key)]) { BuildSide = JoinSide.Right });
        var report = await Reader(4096).ExplainRunAsync(flow, Cancel);
        Assert.Contains($"gives a filter on {key}", report, StringComparison.Ordinal);
        Assert.True(Counts(report).Pruned >= RowCount - 4_000, report);
        Assert.Equal(to - from, (await LinesAsync(flow, 4096)).Count);
    }

    [Fact]
    public async Task Random_keys_give_the_rows_that_a_join_without_filters_gives()
    {
        var random = new Random(5);
        for (var i = 0; i < 30; i++)
        {
            var from = random.Next(RowCount);
            long?[] keys = [.. Enumerable.Range(0, random.Next(0, 1500)).Select(_ => random.Next(9) == 0 ? null : (long?)(from + random.Next(-200, 3000)))];
            var expected = keys.Where(k => k is >= 0 and < RowCount && k % 50 != 7).Select(k => $"{k}").Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected, await LinesAsync(Joined(Facts, Keys(keys), JoinKind.Inner, JoinSide.Right), 4096));
        }
    }

    [Fact]
    public async Task Rows_that_a_limit_leaves_unread_are_told_apart_from_pruned_ones()
    {
        var report = await Reader(1000, threads: 1).ExplainRunAsync(Facts.Take(10), Cancel);
        var (read, pruned) = Counts(report);
        Assert.Equal(0, pruned);
        var unread = Number(Regex.Match(report, @"([\d,]+) left unread").Groups[1].Value);
        Assert.Equal(RowCount, read + unread);
        report = await Reader(1000).ExplainRunAsync(Facts.Where(Col("n") < 100L), Cancel);
        (read, pruned) = Counts(report);
        Assert.Equal(RowCount, read + pruned);
        Assert.DoesNotContain("left unread", report, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(int row) => DateTimeOffset.UnixEpoch.AddDays(-1).AddSeconds(row * 7).AddTicks(10 * (row % 3));

    private static decimal PriceOf(int row) => (row - 20_000) * 1.001m;

    private static Flow Joined(Flow left, Flow right, JoinKind kind, JoinSide side) =>
        new(new JoinNode(left.Node, right.Node, kind, [Col("n")], [Col("key")]) { BuildSide = side });

    private static Flow Keys(params long?[] keys) => Flow.From(new RowsSource<KeyRow>("keys", [.. keys.Select(k => new KeyRow(k))]));

    private static FlowReader Reader(int batchRows, int threads = 2) => new(
        new DataAccess(null!, null!, TimeProvider.System, null!), new EngineOptions { BatchRows = batchRows, Parallelism = threads });

    /// <summary>Rows read and pruned, from the line below the scan of the file.</summary>
    private static (long Read, long Pruned) Counts(string report)
    {
        var lines = report.Split('\n');
        var scan = System.Array.FindIndex(lines, l => l.TrimStart().StartsWith("scan", StringComparison.Ordinal) && l.Contains("parquet", StringComparison.Ordinal));
        var line = lines[scan..].First(l => l.Contains("rows in", StringComparison.Ordinal));
        var pruned = Regex.Match(line, @"([\d,]+) pruned");
        return (Number(Regex.Match(line, @"([\d,]+) rows in").Groups[1].Value), pruned.Success ? Number(pruned.Groups[1].Value) : 0);
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static async Task<List<string>> LinesAsync(Flow flow, int batchRows)
    {
        var lines = new List<string>();
        await foreach (var batch in Reader(batchRows).ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                var n = (Int64Array)batch.Column("n");
                for (var row = 0; row < batch.Length; row++)
                    lines.Add($"{n.GetValue(row)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public sealed record KeyRow(long? Key);
}
