using CsCheck;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class TableScanTests
{
    [Fact]
    public async Task Columns_come_in_the_order_asked_for()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1.5));

        Assert.Equal(["1.5|1"], await lake.RowsAsync(new TableScan { Columns = ["amount", "id"] }));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.RowsAsync(new TableScan { Columns = ["nope"] }));
        Assert.Contains("no column 'nope'; it has id, name, amount", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_columns_at_all_still_give_the_number_of_rows()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1.5), (2, "b", 1));
        var rows = 0;
        await foreach (var batch in (await lake.TableAsync()).ScanAsync(new TableScan { Columns = [] }))
        {
            rows += batch.Length;
            batch.Dispose();
        }

        Assert.Equal(2, rows);
    }

    [Fact]
    public async Task Batches_are_no_longer_than_asked()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), [.. Enumerable.Range(0, 25).Select(i => ((long?)i, (string?)"x", (double?)i))]);
        var lengths = new List<int>();
        await foreach (var batch in (await lake.TableAsync()).ScanAsync(new TableScan { BatchRows = 10, Allocator = lake.Allocator }))
        {
            lengths.Add(batch.Length);
            batch.Dispose();
        }

        Assert.Equal([10, 10, 5], lengths);
    }

    [Fact]
    public async Task A_scan_left_early_gives_everything_back()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), [.. Enumerable.Range(0, 50).Select(i => ((long?)i, (string?)"x", (double?)i))]);
        await foreach (var batch in (await lake.TableAsync()).ScanAsync(new TableScan { BatchRows = 7, Allocator = lake.Allocator }))
        {
            Assert.True(lake.Allocator.Live > 0);
            batch.Dispose();
            break;
        }

        Assert.Equal(0, lake.Allocator.Live);
    }

    [Theory]
    [InlineData(WriteDisposition.Append)]
    [InlineData(WriteDisposition.Upsert)]
    public async Task A_write_that_fails_gives_everything_back(WriteDisposition disposition)
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        using var failing = lake.Reopened(new FailAt(FailpointNames.DataFileOpen));
        var request = failing.Request(failing.Record(2), disposition);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => failing.WriteAsync(request, failing.Batch((1, "b", 1))));

        Assert.True(failing.Allocator.Total > 0);
        Assert.Equal(0, failing.Allocator.Live);
    }

    [Fact]
    public async Task Files_that_cannot_hold_a_match_are_not_opened()
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (5, "c", 2));
        await lake.AppendAsync(lake.Record(2), (10, "m", 3), (15, null, null));
        await lake.AppendAsync(lake.Record(3), (20, null, null));

        Assert.Equal(1, await OpenedAsync(Col("id") == 12));
        Assert.Equal(0, await OpenedAsync(Col("id") == 7));
        Assert.Equal(2, await OpenedAsync(Col("id") >= 15));
        Assert.Equal(1, await OpenedAsync(Lit(5) < Col("id") & Col("id") < 16L));
        Assert.Equal(1, await OpenedAsync(Col("name") > "d"));
        Assert.Equal(2, await OpenedAsync(Col("name").IsNull()));
        Assert.Equal(2, await OpenedAsync(Col("name").IsNotNull()));
        Assert.Equal(1, await OpenedAsync(Col("amount") <= 1));
        Assert.Equal(1, await OpenedAsync(Col("id").IsIn(3L, 6L)));
        Assert.Equal(2, await OpenedAsync(Col("id") == 2 | Col("id") == 20));
        Assert.Equal(3, await OpenedAsync(Col("id") + 1 == 2));

        async Task<int> OpenedAsync(Expr predicate)
        {
            store.Opened.Clear();
            await lake.RowsAsync(new TableScan { Predicate = predicate });
            return store.Opened.Count(k => k.EndsWith(".parquet", StringComparison.Ordinal));
        }
    }

    [Fact]
    public Task Skipping_files_never_loses_a_matching_row()
    {
        var rows = Gen.Select(Gen.Long[-5, 5], Gen.String[Gen.Char['a', 'c'], 0, 40], Gen.Int[-4, 4]).Array[1, 4].Array[1, 5];
        var gen = Gen.Select(rows, Gen.Int[0, 4], Gen.Long[-6, 6], Gen.String[Gen.Char['a', 'c'], 0, 40]);
        return gen.SampleAsync(
            async t =>
            {
                var (files, op, number, text) = t;
                using var lake = new Lake();
                var all = new List<(long Id, string Name, double Amount)>();
                for (var i = 0; i < files.Length; i++)
                {
                    var file = files[i].Select(r => (Id: r.Item1, Name: r.Item2, Amount: r.Item3 / 2.0)).ToList();
                    all.AddRange(file);
                    await lake.AppendAsync(lake.Record(i + 1), [.. file.Select(r => ((long?)r.Id, (string?)r.Name, (double?)r.Amount))]);
                }

                await CheckAsync(Apply(op, Col("id"), Lit(number)), r => Holds(op, r.Id.CompareTo(number)));
                await CheckAsync(Apply(op, Col("amount"), Lit(number)), r => Holds(op, r.Amount.CompareTo(number)));
                await CheckAsync(Apply(op, Col("name"), Lit(text)), r => Holds(op, string.CompareOrdinal(r.Name, text)));

                async Task CheckAsync(Expr predicate, Func<(long Id, string Name, double Amount), bool> oracle)
                {
                    var read = (await lake.RowsAsync(new TableScan { Predicate = predicate })).ToHashSet();
                    foreach (var row in all.Where(oracle))
                        Assert.Contains($"{row.Id}|{row.Name}|{row.Amount.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}", read);
                }
            },
            iter: 100);

        static Expr Apply(int op, Expr left, Expr right) => op switch
        {
            0 => left == right,
            1 => left < right,
            2 => left <= right,
            3 => left > right,
            _ => left >= right,
        };

        static bool Holds(int op, int order) => op switch
        {
            0 => order == 0,
            1 => order < 0,
            2 => order <= 0,
            3 => order > 0,
            _ => order >= 0,
        };
    }

    [Fact]
    public async Task A_read_since_a_version_gives_the_rows_added_after_it()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.AppendAsync(lake.Record(2), (2, "b", 1));
        await lake.AppendAsync(lake.Record(3), (3, "c", 1));

        Assert.Equal(["2|b|1", "3|c|1"], await lake.RowsAsync(new TableScan { Since = 0 }));
        Assert.Equal(["2|b|1"], await lake.RowsAsync(new TableScan { Since = 0, Version = 1 }));
        Assert.Empty(await lake.RowsAsync(new TableScan { Since = 2 }));
        Assert.Equal(3, (await lake.RowsAsync(new TableScan { Since = -1 })).Count);
    }

    [Fact]
    public async Task A_read_since_a_version_gives_what_upserts_wrote_once_each()
    {
        using var lake = new Lake();
        await lake.UpsertAsync(lake.Record(1), (1, "a", 1), (2, "b", 1));
        await lake.UpsertAsync(lake.Record(2), (11, "x", 1), (12, "y", 1));
        await lake.UpsertAsync(lake.Record(3), (11, "z", 1));

        Assert.Equal(["11|z|1", "12|y|1"], await lake.RowsAsync(new TableScan { Since = 0 }));
        Assert.Equal(["11|z|1", "12|y|1"], await lake.RowsAsync(new TableScan { Since = 1 }));
    }

    [Fact]
    public async Task A_read_since_a_version_whose_rows_were_removed_is_an_error()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.AppendAsync(lake.Record(2), (2, "b", 1));
        await lake.ReplaceAsync(lake.Record(3), (3, "c", 1));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.RowsAsync(new TableScan { Since = 0 }));

        Assert.Contains("version 2 (replace) removed rows", error.Message, StringComparison.Ordinal);
        Assert.Equal(["3|c|1"], await lake.RowsAsync(new TableScan { Since = -1 }));
    }

    [Fact]
    public async Task A_replacement_of_rows_that_an_upsert_carried_over_is_an_error_too()
    {
        using var lake = new Lake();
        await lake.UpsertAsync(lake.Record(1), (1, "a", 1), (2, "b", 1));
        await lake.UpsertAsync(lake.Record(2), (1, "x", 1));
        await lake.ReplaceAsync(lake.Record(3), (3, "c", 1));

        await Assert.ThrowsAsync<DataEngineXException>(() => lake.RowsAsync(new TableScan { Since = 0 }));
    }
}
