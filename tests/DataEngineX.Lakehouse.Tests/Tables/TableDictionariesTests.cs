using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Texts of a table stay indices into the dictionaries of its files where nobody sees it, whichever files have none.</summary>
public sealed class TableDictionariesTests : IAsyncDisposable
{
    private const int RowsOfFile = 3_000;

    private readonly InMemoryLakehouse _house = new(_ => { });
    private readonly Lake _lake;
    private readonly List<(long Id, string? Name, double Amount)> _rows = [];

    public TableDictionariesTests() => _lake = new Lake(_house.State.Objects);

    private static Flow Readings => Flow.Table(Layer.Silver, "readings");

    public async ValueTask DisposeAsync()
    {
        _lake.Dispose();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Hidden_texts_are_asked_for_as_dictionaries()
    {
        await FillAsync(files: 2);
        var flow = Readings.Where(Col("name") != "n1").GroupBy("name").Aggregate(Aggregate.Sum(Col("amount")).As("amount"));
        Assert.Contains("""dictionaries=["name"]""", await _house.Reader.ExplainAsync(flow), StringComparison.Ordinal);
        await AgreeAsync(flow, _rows.Where(r => r.Name is not (null or "n1")));
    }

    [Fact]
    public async Task Files_that_were_looked_at_are_not_opened_again_for_it()
    {
        var store = new WatchedStore(_house.State.Objects);
        await FillAsync(files: 6);
        using var lake = new Lake(store);
        var table = await lake.TableAsync();
        Assert.Equal(["name"], await table.FindDictionariesAsync(new TableScan()));
        Assert.Equal(4, store.Opened.Count(k => k.EndsWith(".parquet", StringComparison.Ordinal)));
        store.Opened.Clear();

        Assert.Equal(["name"], await table.FindDictionariesAsync(new TableScan { Version = 5 }));
        Assert.Empty(await table.FindDictionariesAsync(new TableScan { Columns = ["id", "amount"] }));
        Assert.DoesNotContain(store.Opened, k => k.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Equal(["name"], await table.FindDictionariesAsync(new TableScan { Since = 2 }));
        Assert.Contains(store.Opened, k => k.EndsWith(".parquet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Texts_that_are_seen_stay_texts()
    {
        await FillAsync(files: 1);
        Assert.DoesNotContain("dictionaries=", await _house.Reader.ExplainAsync(Readings.Where(Col("name") == "n1")), StringComparison.Ordinal);
        await foreach (var batch in _house.Reader.ReadAsync(Readings.Where(Col("name") == "n1")))
        {
            using (batch)
                Assert.IsType<StringType>(batch.Column(1).Data.DataType);
        }
    }

    /// <summary>Only some files are looked at: one beyond them has no dictionary.</summary>
    [Fact]
    public async Task A_file_without_dictionaries_beyond_those_looked_at_is_read_right()
    {
        await FillAsync(files: 5);
        await AppendAsync(6, i => $"a name of its own {i}");
        var flow = Readings.GroupBy("name").Aggregate(Aggregate.Sum(Col("amount")).As("amount"));
        Assert.Contains("dictionaries=", await _house.Reader.ExplainAsync(flow), StringComparison.Ordinal);
        await AgreeAsync(flow, _rows);
    }

    [Fact]
    public async Task A_table_whose_files_have_none_is_asked_for_none()
    {
        await AppendAsync(1, i => $"a name of its own {i}");
        var flow = Readings.GroupBy("name").Aggregate(Aggregate.Count().As("rows"));
        Assert.DoesNotContain("dictionaries=", await _house.Reader.ExplainAsync(flow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_a_deletion_vector_names_are_left_out()
    {
        await FillAsync(files: 2);
        var table = await _lake.TableAsync();
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true" }));
        await table.ApplyAsync(new DeleteRows(Col("id") % 3 == 0));
        _rows.RemoveAll(r => r.Id % 3 == 0);
        await AgreeAsync(Readings.GroupBy("name").Aggregate(Aggregate.Sum(Col("amount")).As("amount")), _rows);
    }

    /// <summary>An incremental read counts only what is new, behind dictionaries too.</summary>
    [Fact]
    public async Task An_incremental_read_is_the_same()
    {
        await FillAsync(files: 3);
        var lines = new List<string>();
        var scan = new TableScan { Since = 1, Version = 2, Columns = ["name", "amount"], Dictionaries = ["name"] };
        await foreach (var batch in (await _lake.TableAsync()).ScanAsync(scan))
        {
            using (batch)
            {
                var names = Assert.IsType<Apache.Arrow.DictionaryArray>(batch.Column(0));
                var texts = (Apache.Arrow.StringArray)names.Dictionary;
                var indices = (Apache.Arrow.Int32Array)names.Indices;
                lines.AddRange(Enumerable.Range(0, batch.Length).Select(i => indices.GetValue(i) is { } index ? texts.GetString(index) : "null"));
            }
        }

        Assert.Equal(_rows.Skip(2 * RowsOfFile).Select(r => r.Name ?? "null"), lines);
    }

    private async Task FillAsync(int files)
    {
        for (var file = 1; file <= files; file++)
            await AppendAsync(file, i => i % 7 == 0 ? null : $"n{i % (3 + file)}");
    }

    private async Task AppendAsync(int file, Func<int, string?> name)
    {
        var rows = Enumerable.Range(0, RowsOfFile).Select(i => ((long)(file * RowsOfFile) + i, name(i), (double)(i % 10))).ToList();
        _rows.AddRange(rows);
        await _lake.AppendAsync(_lake.Record(file), [.. rows.Select(r => ((long?)r.Item1, r.Item2, (double?)r.Item3))]);
    }

    private async Task AgreeAsync(Flow flow, IEnumerable<(long Id, string? Name, double Amount)> rows)
    {
        var expected = rows.GroupBy(r => r.Name).Select(g => FormattableString.Invariant($"{g.Key ?? "null"}|{g.Sum(r => r.Amount)}"));
        var lines = await Rows.Of(_house.Reader.ReadAsync(flow));
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }
}
