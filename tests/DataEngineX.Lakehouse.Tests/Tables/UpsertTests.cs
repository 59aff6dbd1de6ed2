using CsCheck;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class UpsertTests
{
    private static readonly Gen<(long? Id, string? Name, double? Amount)> Row =
        Gen.Select(Gen.Long[0, 30], Gen.Int[0, 3], Gen.Int[0, 3]).Select(t => ((long?)t.Item1, t.Item2 == 0 ? null : $"n{t.Item2}", t.Item3 == 0 ? (double?)null : t.Item3));

    private static readonly Gen<(long? Id, string? Name, double? Amount)[][]> Writes = Row.Array[0, 25].Array[1, 8];

    [Fact]
    public Task Any_sequence_of_upserts_gives_what_a_dictionary_gives() => Writes.SampleAsync(
        async writes =>
        {
            using var lake = new Lake();
            var oracle = new Dictionary<long, (long? Id, string? Name, double? Amount)>();
            for (var i = 0; i < writes.Length; i++)
            {
                var last = writes[i].GroupBy(r => r.Id!.Value).ToDictionary(g => g.Key, g => g.Last());
                var inserted = last.Count(r => !oracle.ContainsKey(r.Key));
                var unchanged = last.Count(r => oracle.TryGetValue(r.Key, out var old) && old == r.Value);
                foreach (var (key, row) in last)
                    oracle[key] = row;

                // In several batches, so that a key comes again both inside one and in a later one.
                var halves = writes[i].Chunk(Math.Max(1, writes[i].Length / 2)).Select(c => lake.Batch(c)).ToArray();
                var result = await lake.WriteAsync(lake.Request(lake.Record(i + 1), WriteDisposition.Upsert), halves);

                Assert.Equal(
                    (inserted, last.Count - inserted - unchanged, unchanged, writes[i].Length - last.Count),
                    (result.Inserted, result.Updated, result.Unchanged, result.Deduplicated));
            }

            var expected = oracle.Values.Select(Text).Order(StringComparer.Ordinal);
            Assert.Equal(expected, (await lake.RowsAsync()).Order(StringComparer.Ordinal));
            using var reopened = lake.Reopened();
            Assert.Equal(await lake.RowsAsync(), await reopened.RowsAsync());
            Assert.Equal(oracle.Count, (await lake.SnapshotAsync()).RowCount);
        },
        iter: 60);

    [Fact]
    public async Task An_updated_row_keeps_its_place_and_new_rows_come_last()
    {
        using var lake = new Lake();
        await lake.UpsertAsync(lake.Record(1), (3, "c", 1), (1, "a", 1), (2, "b", 1));
        await lake.UpsertAsync(lake.Record(2), (9, "new", 1), (1, "changed", 1), (7, "new", 1));

        Assert.Equal(["3|c|1", "1|changed|1", "2|b|1", "9|new|1", "7|new|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Files_without_a_changed_row_stay_as_they_are()
    {
        using var lake = new Lake();
        await lake.UpsertAsync(lake.Record(1), (1, "a", 1), (2, "b", 1));
        await lake.UpsertAsync(lake.Record(2), (11, "c", 1), (12, "d", 1));
        var before = await lake.KeysAsync();
        var unchanged = await lake.UpsertAsync(lake.Record(3), (2, "b", 1), (12, "d", 1));
        var changed = await lake.UpsertAsync(lake.Record(4), (2, "b", 1), (12, "e", 1));

        Assert.Equal((0, 0, 2), (unchanged.Inserted, unchanged.Updated, unchanged.Unchanged));
        Assert.Equal((0, 1, 1), (changed.Inserted, changed.Updated, changed.Unchanged));
        var fresh = (await lake.KeysAsync()).Except(before).Where(k => k.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Single(fresh);
        Assert.Equal(["1|a|1", "2|b|1", "11|c|1", "12|e|1"], await lake.RowsAsync());
        Assert.Equal([2, 0], (await (await lake.TableAsync()).GetHistoryAsync().ToListAsync()).Take(2).Select(h => h.RowsAdded));
    }

    [Fact]
    public async Task Files_whose_key_range_is_elsewhere_are_not_read()
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        await lake.UpsertAsync(lake.Record(1), (1, "a", 1), (2, "b", 1));
        await lake.UpsertAsync(lake.Record(2), (11, "c", 1), (12, "d", 1));
        store.Opened.Clear();
        await lake.UpsertAsync(lake.Record(3), (11, "x", 1));

        Assert.Single(store.Opened.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task Many_small_files_are_folded_into_a_rewrite()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 33; i++)
            await lake.AppendAsync(lake.Record(i), (i, $"n{i}", i));
        await lake.UpsertAsync(lake.Record(34), (40, "new", 1));

        Assert.Equal(1, (await lake.SnapshotAsync()).FileCount);
        Assert.Equal([.. Enumerable.Range(1, 33).Select(i => $"{i}|n{i}|{i}"), "40|new|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_key_that_the_table_holds_twice_is_left_once()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 1), (1, "again", 1));
        await lake.AppendAsync(lake.Record(2), (1, "and again", 1));
        var result = await lake.UpsertAsync(lake.Record(3), (1, "a", 1));

        Assert.Equal((0, 0, 1), (result.Inserted, result.Updated, result.Unchanged));
        Assert.Equal(["1|a|1", "2|b|1"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_null_in_a_key_is_an_error_naming_the_column()
    {
        using var lake = new Lake();
        var request = lake.Request(lake.Record(1), WriteDisposition.Upsert, null, "id", "name");
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.WriteAsync(request, lake.Batch((1, "a", 1), (2, null, 1))));

        Assert.Contains("key column 'name' may not be null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_several_columns_is_one_key_and_texts_do_not_run_into_each_other()
    {
        using var lake = new Lake();
        var key = new[] { "name", "id" };
        await lake.WriteAsync(lake.Request(lake.Record(1), WriteDisposition.Upsert, null, key), lake.Batch((1, "a", 1), (1, "aa", 1), (2, "a", 1)));
        var result = await lake.WriteAsync(lake.Request(lake.Record(2), WriteDisposition.Upsert, null, key), lake.Batch((2, "a", 9), (2, "aa", 9)));

        Assert.Equal((1, 1), (result.Inserted, result.Updated));
        Assert.Equal(["1|a|1", "1|aa|1", "2|a|9", "2|aa|9"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_key_column_that_is_not_there_is_refused()
    {
        using var lake = new Lake();
        await Assert.ThrowsAsync<PlanException>(() => lake.WriteAsync(lake.Request(lake.Record(1), WriteDisposition.Upsert, null, "missing")));
    }

    private static string Text((long? Id, string? Name, double? Amount) row) =>
        $"{row.Id}|{row.Name ?? "null"}|{row.Amount?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "null"}";

    [Fact]
    public Task Any_upserts_by_a_sequence_keep_the_newest_row_of_each_key() =>
        Gen.Select(Gen.Long[0, 5], Gen.Int[0, 5]).Select(t => (Id: t.Item1, Seen: t.Item2 == 0 ? (double?)null : t.Item2)).Array[0, 8].Array[1, 4].SampleAsync(
            async batches =>
            {
                using var lake = new Lake();
                var newest = new Dictionary<long, (string Name, double? Seen)>();
                foreach (var (number, batch) in batches.Index())
                {
                    var rows = batch.Select((r, i) => (r.Id, Name: $"{number}.{i}", r.Seen)).ToList();
                    await lake.WriteAsync(
                        lake.Request(lake.Record(number), WriteDisposition.Upsert) with { Sequence = "amount" },
                        lake.Batch([.. rows.Select(r => ((long?)r.Id, (string?)r.Name, r.Seen))]));
                    foreach (var (id, name, seen) in rows)
                    {
                        if (!newest.TryGetValue(id, out var there) || (there.Seen ?? -1) <= (seen ?? -1))
                            newest[id] = (name, seen);
                    }
                }

                Assert.Equal(
                    newest.OrderBy(r => r.Key).Select(r => $"{r.Key}|{r.Value.Name}|{(r.Value.Seen is { } seen ? $"{seen}" : "null")}"),
                    (await lake.RowsAsync()).Order(StringComparer.Ordinal));
            },
            iter: 60);

    [Fact]
    public async Task A_sequence_is_a_column_of_an_upsert()
    {
        using var lake = new Lake();
        var request = lake.Request(lake.Record(1), WriteDisposition.Upsert) with { Sequence = "nothing" };
        Assert.Contains("'nothing'", (await Assert.ThrowsAsync<PlanException>(async () => await lake.Catalog.OpenWriterAsync(request))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(async () => await lake.Catalog.OpenWriterAsync(lake.Request(lake.Record(1)) with { Sequence = "amount" }));
    }
}
