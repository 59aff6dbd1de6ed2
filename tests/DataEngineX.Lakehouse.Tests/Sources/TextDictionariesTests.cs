using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Lakehouse.Tests.Parquet;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>Texts that a Parquet file stores behind dictionaries stay indices where nobody sees it; rows and schema are what they would be without.</summary>
public sealed class TextDictionariesTests : IAsyncLifetime
{
    private const int RowCount = 20_000;

    private readonly TempFolder _folder = new();
    private readonly List<(string? Town, string? Word, string Serial, long N)> _rows = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Flow Facts => Flow.From(new ParquetFileSource(_folder["facts*.parquet"]));

    public async ValueTask InitializeAsync()
    {
        var random = new Random(11);
        for (var i = 0; i < RowCount; i++)
        {
            // The town of the last rows is in no others; half of the towns are longer than a packed key.
            var number = i >= RowCount - 50 ? 99 : random.Next(40);
            var town = random.Next(15) == 0 ? null : number % 2 == 0 ? $"t{number}" : $"a town with a long name, number {number}";
            _rows.Add((town, random.Next(4) == 0 ? null : $"w{random.Next(3)}", $"s{i:D8}", i));
        }

        await WriteAsync("facts1.parquet", _rows[..12_000]);
        await WriteAsync("facts2.parquet", _rows[12_000..]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Hidden_texts_are_asked_for_as_dictionaries()
    {
        var flow = Facts.Where(Col("word") == "w1" & Col("serial") > "s00000100").GroupBy("town").Aggregate(Aggregate.Sum(Col("n")).As("n"));
        var report = await Reader(4096).ExplainAsync(flow, Cancel);
        Assert.Contains("""dictionaries=["town", "word"]""", report, StringComparison.Ordinal);
        var expected = _rows.Where(r => r.Word == "w1" && string.CompareOrdinal(r.Serial, "s00000100") > 0).GroupBy(r => r.Town).Select(g => $"{g.Key}|{g.Sum(r => r.N)}");
        await AgreeAsync(flow, expected);
    }

    [Fact]
    public async Task Texts_that_are_seen_stay_texts()
    {
        foreach (var flow in new[] { Facts.Where(Col("word") == "w1"), Facts.Select(Col("town").Upper().As("up")), Facts.OrderBy(new OrderKey("town")) })
        {
            var report = await Reader(4096).ExplainAsync(flow, Cancel);
            Assert.DoesNotContain("dictionaries=", report, StringComparison.Ordinal);
            await foreach (var batch in Reader(4096).ReadAsync(flow, Cancel))
            {
                using (batch)
                    Assert.DoesNotContain(batch.Schema.FieldsList, f => f.DataType is DictionaryType);
            }
        }
    }

    /// <summary>What is computed of hidden texts is hidden as well, or of another type.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5_000)]
    public async Task Computed_columns_keys_and_aggregates_are_the_same(int batchRows)
    {
        var flow = Facts.Derive(Col("town").Upper().As("up"), Col("word").Length().As("length"))
            .Where(Col("length") == 2 | Col("word").IsNull())
            .GroupBy("up").Aggregate(
                Aggregate.Count().As("rows"), Aggregate.Max(Col("word")).As("word"), Aggregate.CountDistinct(Col("serial")).As("serials"), Aggregate.First(Col("town")).As("town"));
        Assert.Contains("dictionaries=", await Reader(batchRows).ExplainAsync(flow, Cancel), StringComparison.Ordinal);
        var expected = _rows.GroupBy(r => r.Town?.ToUpperInvariant())
            .Select(g => $"{g.Key}|{g.Count()}|{g.Max(r => r.Word)}|{g.Count()}|{g.First().Town}");
        await AgreeAsync(flow, expected, batchRows);
    }

    [Fact]
    public async Task Several_keys_and_a_limit_below_are_the_same()
    {
        var flow = Facts.Take(15_000).GroupBy("town", "word").Aggregate(Aggregate.Sum(Col("n")).As("n"));
        Assert.Contains("dictionaries=", await Reader(4096).ExplainAsync(flow, Cancel), StringComparison.Ordinal);
        await AgreeAsync(flow, _rows[..15_000].GroupBy(r => (r.Town, r.Word)).Select(g => $"{g.Key.Town}|{g.Key.Word}|{g.Sum(r => r.N)}"));
    }

    [Fact]
    public async Task A_file_without_dictionaries_among_the_others_asks_for_none()
    {
        await WriteAsync("facts3.parquet", [(null, "w", "s", 0), .. Enumerable.Range(0, 3_000).Select(i => ((string?)$"only {i}", (string?)"w", $"s{i}", (long)i))]);
        var flow = Facts.GroupBy("town").Aggregate(Aggregate.Count().As("rows"));
        Assert.DoesNotContain("dictionaries=", await Reader(4096).ExplainAsync(flow, Cancel), StringComparison.Ordinal);
    }

    /// <summary>Which side streams decides whether its texts come as indices; what is held is put together from several files.</summary>
    [Theory]
    [InlineData(JoinSide.Right, 1 << 30)]
    [InlineData(JoinSide.Left, 1 << 30)]
    [InlineData(JoinSide.Right, 1_200_000)]
    [InlineData(JoinSide.Left, 1_200_000)]
    public async Task Hidden_texts_stay_indices_through_joins(JoinSide held, long budget)
    {
        var facts = Facts.Select(Col("n"), Col("town"), Col("word"));
        var other = Facts.Select((Col("n") + 5L).As("m"), Col("town").As("to"));
        var join = new JoinNode(facts.Node, other.Node, JoinKind.Left, [Col("n")], [Col("m")]) { BuildSide = held };
        var flow = new Flow(join).GroupBy("town", "to").Aggregate(Aggregate.Count().As("rows"), Aggregate.Max(Col("word")).As("word"));
        Assert.Contains(
            held == JoinSide.Right ? """dictionaries=["town", "word"]""" : """dictionaries=["town"]""",
            await Reader(4096, budget).ExplainAsync(flow, Cancel), StringComparison.Ordinal);
        var expected = _rows.Select(r => (r.Town, r.Word, To: r.N < 5 ? null : _rows[(int)r.N - 5].Town)).GroupBy(r => (r.Town, r.To))
            .Select(g => $"{g.Key.Town}|{g.Key.To}|{g.Count()}|{g.Max(r => r.Word)}");
        await AgreeAsync(flow, expected, 4096, budget);
        Assert.Equal(budget < 1 << 30, (await Reader(4096, budget).ExplainRunAsync(flow, Cancel)).Contains("[spilled", StringComparison.Ordinal));
    }

    /// <summary>A key that is compared, and a text that the rows show, stay texts.</summary>
    [Fact]
    public async Task Keys_of_a_join_and_texts_beside_it_stay_texts()
    {
        var names = Facts.Where(Col("n") < 40L).Select(Col("town"), Col("serial").As("at"));
        Assert.DoesNotContain(
            "dictionaries=", await Reader(4096).ExplainAsync(Facts.Select(Col("town"), Col("n")).Join(names, ["town"]).GroupBy("town").Aggregate(Aggregate.Count().As("rows")), Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("dictionaries=", await Reader(4096).ExplainAsync(Facts.Select(Col("word"), Col("town")).Join(names, ["town"]), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_texts_stay_indices_through_unions()
    {
        await WriteAsync("plain.parquet", [.. Enumerable.Range(0, 3_000).Select(i => ((string?)$"only {i}", (string?)"w", $"s{i}", (long)i))]);
        var plain = Flow.From(new ParquetFileSource(_folder["plain.parquet"]));
        var flow = Facts.Union(Facts.Drop("word")).Union(plain).GroupBy("town", "word").Aggregate(Aggregate.Count().As("rows"));
        Assert.Contains("""dictionaries=["town", "word"]""", await Reader(4096).ExplainAsync(flow, Cancel), StringComparison.Ordinal);
        await AgreeAsync(flow, _rows.Concat(_rows.Select(r => r with { Word = null })).Concat(Enumerable.Range(0, 3_000).Select(i => ((string?)$"only {i}", (string?)"w", "", 0L)))
            .GroupBy(r => (r.Item1, r.Item2)).Select(g => $"{g.Key.Item1}|{g.Key.Item2}|{g.Count()}"));
    }

    /// <summary>Columns that are indices in the result as well go through joins, also by way of the disk, with each row's own value.</summary>
    [Theory]
    [InlineData(1 << 30)]
    [InlineData(1_200_000)]
    public async Task Kept_dictionaries_come_out_of_joins_with_their_values(long budget)
    {
        var kept = Flow.From(new ParquetFileSource(_folder["facts*.parquet"], new ParquetScanOptions { KeepDictionaries = true }));
        var flow = kept.Select(Col("n"), Col("town")).Join(kept.Select(Col("n"), Col("word")), ["n"]);
        await AgreeAsync(flow, _rows.Select(r => $"{r.N}|{r.Town}|{r.Word}"), 4096, budget);
        Assert.Equal(budget < 1 << 30, (await Reader(4096, budget).ExplainRunAsync(flow, Cancel)).Contains("[spilled", StringComparison.Ordinal));
    }

    private static FlowReader Reader(int batchRows, long budget = 1 << 30) => new(
        new DataAccess(null!, null!, TimeProvider.System, null!), new EngineOptions { BatchRows = batchRows, Parallelism = 2, MemoryBudgetBytes = budget });

    private static async Task AgreeAsync(Flow flow, IEnumerable<string> expected, int batchRows = 4096, long budget = 1 << 30)
    {
        var lines = new List<string>();
        await foreach (var batch in Reader(batchRows, budget).ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                    lines.Add(string.Join('|', Enumerable.Range(0, batch.ColumnCount).Select(c => Text(batch.Column(c), row))));
            }
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    private static string? Text(IArrowArray array, int row) => array switch
    {
        StringArray texts => texts.GetString(row),
        DictionaryArray coded => coded.IsNull(row) ? null : Text(coded.Dictionary, (int)((Int32Array)coded.Indices).GetValue(row)!),
        Int64Array numbers => numbers.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException(array.Data.DataType.Name),
    };

    private async Task WriteAsync(string name, IReadOnlyList<(string? Town, string? Word, string Serial, long N)> rows)
    {
        var (town, word, serial, n) = (new StringArray.Builder(), new StringArray.Builder(), new StringArray.Builder(), new Int64Array.Builder());
        foreach (var row in rows)
        {
            town.Append(row.Town);
            word.Append(row.Word);
            serial.Append(row.Serial);
            n.Append(row.N);
        }

        var schema = new Schema(
            [new("town", StringType.Default, true), new("word", StringType.Default, true), new("serial", StringType.Default, false), new("n", Int64Type.Default, false)], null);
        using var batch = new RecordBatch(schema, [town.Build(), word.Build(), serial.Build(), n.Build()], rows.Count);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 4_000 });
        await File.WriteAllBytesAsync(_folder[name], bytes, Cancel);
    }
}
