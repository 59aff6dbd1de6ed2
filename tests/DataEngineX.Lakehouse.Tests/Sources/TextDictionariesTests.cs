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

    private static FlowReader Reader(int batchRows) => new(
        new DataAccess(null!, null!, TimeProvider.System, null!), new EngineOptions { BatchRows = batchRows, Parallelism = 2 });

    private static async Task AgreeAsync(Flow flow, IEnumerable<string> expected, int batchRows = 4096)
    {
        var lines = new List<string>();
        await foreach (var batch in Reader(batchRows).ReadAsync(flow, Cancel))
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
