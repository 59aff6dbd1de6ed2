using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;
using Line = (long? Id, string? Name, double? Amount);

namespace DataEngineX.Lakehouse.Tests.Tables;

public class EditTests
{
    private static readonly Gen<Line> AnyLine =
        Gen.Select(Gen.Long[0, 12], Gen.Int[0, 3], Gen.Int[0, 4]).Select(t => ((long?)t.Item1, t.Item2 == 0 ? null : $"n{t.Item2}", t.Item3 == 0 ? (double?)null : t.Item3));

    private static readonly Gen<Line[][]> Tables = AnyLine.Array[0, 12].Array[1, 4];

    /// <summary>A condition as the engine has it, and as C# has it; null is not true.</summary>
    private static readonly (Expr Where, Func<Line, bool?> Holds)[] Conditions =
    [
        (Col("amount") > 2.0, r => r.Amount is { } a ? a > 2 : null),
        (!(Col("amount") > 2.0), r => r.Amount is { } a ? a <= 2 : null),
        (Col("name") == "n1" | Col("amount") == 1.0, r => Or(r.Name is { } n ? n == "n1" : null, r.Amount is { } a ? a == 1 : null)),
        (Col("name").IsNull(), r => r.Name is null),
        (Col("id").IsIn(1L, 5L, 11L), r => r.Id is 1 or 5 or 11),
        (Col("id") < 0L, _ => false),
        (Lit(true), _ => true),
    ];

    public enum Settings
    {
        Plain,
        Vectors,
        Feed,
        VectorsAndFeed,
        Partitions,
        PartitionsVectorsAndFeed,
    }

    [Theory]
    [InlineData(Settings.Plain)]
    [InlineData(Settings.Vectors)]
    [InlineData(Settings.Feed)]
    [InlineData(Settings.VectorsAndFeed)]
    [InlineData(Settings.Partitions)]
    [InlineData(Settings.PartitionsVectorsAndFeed)]
    public Task Any_deletes_and_updates_give_what_a_list_gives(Settings settings) =>
        Gen.Select(Tables, Gen.Int[0, Conditions.Length - 1].Array[1, 4], Gen.Bool.Array[4]).SampleAsync(
            async (appends, conditions, deletes) =>
            {
                using var lake = Of(settings);
                var rows = await StartAsync(lake, settings, appends);
                for (var i = 0; i < conditions.Length; i++)
                {
                    var (where, holds) = Conditions[conditions[i]];
                    var before = await lake.SnapshotAsync();
                    var hit = rows.Count(r => holds(r) == true);
                    var start = rows;
                    CommitResult result;
                    if (deletes[i])
                    {
                        result = await ApplyAsync(lake, new DeleteRows(where));
                        rows = [.. rows.Where(r => holds(r) != true)];
                        Assert.Equal((hit, 0), (result.Deleted, result.Updated));
                    }
                    else
                    {
                        result = await ApplyAsync(lake, new UpdateRows(where, [(Col("amount") + Col("id")).As("amount"), Lit("new").As("name")]));
                        rows = [.. rows.Select(r => holds(r) == true ? (r.Id, "new", r.Amount + r.Id) : r)];
                        Assert.Equal((0, hit), (result.Deleted, result.Updated));
                    }

                    if (settings is Settings.Feed or Settings.VectorsAndFeed or Settings.PartitionsVectorsAndFeed && hit > 0)
                    {
                        var old = start.Where(r => holds(r) == true).ToList();
                        await ToldAsync(lake, deletes[i]
                            ? old.Select(r => $"{Text(r)}|delete")
                            : old.SelectMany(r => new[] { $"{Text(r)}|update_preimage", $"{Text((r.Id, "new", r.Amount + r.Id))}|update_postimage" }));
                    }

                    await SameAsync(lake, rows);
                    Assert.Equal(hit == 0 ? before.Version : before.Version + 1, (await lake.SnapshotAsync()).Version);
                }

                using var reopened = lake.Reopened();
                await SameAsync(reopened, rows);
            },
            iter: 40);

    [Theory]
    [InlineData(Settings.Plain)]
    [InlineData(Settings.Vectors)]
    [InlineData(Settings.Feed)]
    [InlineData(Settings.VectorsAndFeed)]
    [InlineData(Settings.Partitions)]
    [InlineData(Settings.PartitionsVectorsAndFeed)]
    public Task Any_merge_gives_what_row_by_row_gives(Settings settings) =>
        Gen.Select(Tables, AnyLine.Array[0, 8], Gen.Int[0, 63]).SampleAsync(
            async (appends, source, bits) =>
            {
                using var lake = Of(settings);
                var rows = await StartAsync(lake, settings, appends);
                Line[] news = [.. source.DistinctBy(r => r.Id)];
                var clauses = new List<MergeClause>();
                if ((bits & 1) != 0)
                    clauses.Add(MergeClause.WhenMatchedDelete(MergeClause.Source("amount") > Col("amount")));
                if ((bits & 2) != 0)
                    clauses.Add(MergeClause.WhenMatchedUpdate(Col("name").IsNotNull(), [MergeClause.Source("name").As("name")]));
                if ((bits & 4) != 0)
                    clauses.Add(MergeClause.WhenMatchedUpdate());
                if ((bits & 8) != 0)
                    clauses.Add(MergeClause.WhenNotMatchedInsert(MergeClause.Source("name").IsNull(), [MergeClause.Source("id").As("id"), Lit("none").As("name")]));
                if ((bits & 16) != 0)
                    clauses.Add(MergeClause.WhenNotMatchedInsert());
                if ((bits & 32) != 0)
                {
                    clauses.Add(MergeClause.WhenNotMatchedBySourceDelete(Col("amount") == 1.0));
                    clauses.Add(MergeClause.WhenNotMatchedBySourceUpdate([Lit("left").As("name")], Col("name") == "n2"));
                }

                var result = await ApplyAsync(lake, new MergeRows(SourceOf(news), ["id"], clauses));

                var expected = new List<Line>();
                foreach (var row in rows)
                {
                    if (news.Where(n => n.Id == row.Id).Select(n => (Line?)n).FirstOrDefault() is { } s)
                    {
                        if ((bits & 1) != 0 && s.Amount > row.Amount)
                            continue;
                        expected.Add((bits & 2) != 0 && row.Name is not null ? row with { Name = s.Name } : (bits & 4) != 0 ? s : row);
                    }
                    else if ((bits & 32) == 0 || row.Amount != 1)
                    {
                        expected.Add((bits & 32) != 0 && row.Name == "n2" ? row with { Name = "left" } : row);
                    }
                }

                var inserts = news.Where(n => rows.TrueForAll(r => r.Id != n.Id)).ToList();
                var inserted = inserts.Where(n => ((bits & 8) != 0 && n.Name is null) || (bits & 16) != 0).ToList();
                expected.AddRange(inserted.Select(n => (bits & 8) != 0 && n.Name is null ? (n.Id, "none", null) : n));
                await SameAsync(lake, expected);
                Assert.Equal(inserted.Count, result.Inserted);
                if (settings is Settings.Feed or Settings.VectorsAndFeed or Settings.PartitionsVectorsAndFeed)
                {
                    var told = await ChangesAsync(lake);
                    Assert.Equal(
                        (result.Inserted, result.Deleted, result.Updated, result.Updated),
                        (told.Count(t => t.EndsWith("|insert", StringComparison.Ordinal)), told.Count(t => t.EndsWith("|delete", StringComparison.Ordinal)),
                            told.Count(t => t.EndsWith("|update_preimage", StringComparison.Ordinal)), told.Count(t => t.EndsWith("|update_postimage", StringComparison.Ordinal))));
                    Assert.Equal(expected.Select(Text).Order(StringComparer.Ordinal), Played(rows.Select(Text), told).Order(StringComparer.Ordinal));
                }
            },
            iter: 60);

    [Fact]
    public async Task Several_source_rows_for_one_row_are_an_error_naming_the_key()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2));
        var merge = new MergeRows(SourceOf([(1, "x", 1), (2, "y", 1), (2, "z", 1)]), ["id"], [MergeClause.WhenMatchedUpdate()]);

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, merge));

        Assert.Contains("id = 2", error.Message, StringComparison.Ordinal);
        await SameAsync(lake, [(1, "a", 1), (2, "b", 2)]);
    }

    [Fact]
    public async Task Rows_are_replaced_where_a_condition_holds_and_new_rows_must_satisfy_it()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2), (3, null, 3));
        var where = Col("name") == "b";

        await ApplyAsync(lake, new ReplaceRows(where, SourceOf([(8, "b", 8), (9, "b", null)])));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => ApplyAsync(lake, new ReplaceRows(where, SourceOf([(7, "b", 1), (4, null, 1)]))));

        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("name = null", error.Message, StringComparison.Ordinal);
        await SameAsync(lake, [(1, "a", 1), (3, null, 3), (8, "b", 8), (9, "b", null)]);
    }

    [Theory]
    [InlineData(Settings.Plain)]
    [InlineData(Settings.VectorsAndFeed)]
    [InlineData(Settings.Partitions)]
    [InlineData(Settings.PartitionsVectorsAndFeed)]
    public Task Any_replacement_by_keys_gives_what_a_list_gives_and_is_told(Settings settings) =>
        Gen.Select(Tables, AnyLine.Array[0, 6], AnyLine.Array[0, 6]).SampleAsync(
            async (appends, keys, news) =>
            {
                using var lake = Of(settings);
                var rows = await StartAsync(lake, settings, appends);
                var names = keys.Select(k => k.Name).Distinct().ToList();
                var schema = new Apache.Arrow.Schema([Lake.Schema.FieldsList[1]], null);
                using var all = lake.Batch([.. names.Select(n => ((long?)1, n, (double?)null))]);
                using var batch = new Apache.Arrow.RecordBatch(schema, [Apache.Arrow.ArrowArrayFactory.BuildArray(all.Column(1).Data.Retain())], all.Length);

                // A row of a key that is not replaced is refused, and nothing of the write is there.
                if (System.Array.FindIndex(news, r => !names.Contains(r.Name)) is >= 0 and var stranger)
                {
                    var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.WriteAsync(lake.Request(lake.Record(9), WriteDisposition.Replace) with { Keys = batch }, lake.Batch(news)));
                    Assert.Contains($"row {stranger} of the write has name = {news[stranger].Name ?? "null"}.", error.Message, StringComparison.Ordinal);
                    await SameAsync(lake, rows);
                    news = [.. news.Where(r => names.Contains(r.Name))];
                }

                var result = await lake.WriteAsync(lake.Request(lake.Record(9), WriteDisposition.Replace) with { Keys = batch }, lake.Batch(news));

                var gone = rows.Where(r => names.Contains(r.Name)).ToList();
                Assert.Equal((gone.Count, news.Length), (result.Deleted, result.Inserted));
                await SameAsync(lake, [.. rows.Where(r => !names.Contains(r.Name)), .. news]);
                if (settings is Settings.VectorsAndFeed or Settings.PartitionsVectorsAndFeed && gone.Count > 0)
                {
                    var version = (await lake.SnapshotAsync()).Version;
                    var told = await Rows.Of((await lake.TableAsync()).ReadChangesAsync(new TableChanges { From = version, Allocator = lake.Allocator }));
                    Assert.Equal(
                        gone.Select(r => $"{Text(r)}|delete").Concat(news.Select(r => $"{Text(r)}|insert")).Order(StringComparer.Ordinal),
                        told.Select(c => string.Join('|', c.Split('|')[..4])).Order(StringComparer.Ordinal));
                }
            },
            iter: 15);

    /// <summary>Of the rows with one of the keys only those go for which the condition is true; one that is null is kept.</summary>
    [Theory]
    [InlineData(Settings.Plain)]
    [InlineData(Settings.VectorsAndFeed)]
    [InlineData(Settings.Partitions)]
    [InlineData(Settings.PartitionsVectorsAndFeed)]
    public Task Any_replacement_by_keys_under_a_condition_gives_what_a_list_gives(Settings settings) =>
        Gen.Select(Tables, AnyLine.Array[0, 6], AnyLine.Array[0, 6]).SampleAsync(
            async (appends, keys, news) =>
            {
                using var lake = Of(settings);
                var rows = await StartAsync(lake, settings, appends);
                var names = keys.Select(k => k.Name).Distinct().ToList();
                var schema = new Apache.Arrow.Schema([Lake.Schema.FieldsList[1]], null);
                using var all = lake.Batch([.. names.Select(n => ((long?)1, n, (double?)null))]);
                using var batch = new Apache.Arrow.RecordBatch(schema, [Apache.Arrow.ArrowArrayFactory.BuildArray(all.Column(1).Data.Retain())], all.Length);
                var written = news.Where(r => r.Id > 2 && names.Contains(r.Name)).ToArray();

                var request = lake.Request(lake.Record(9), WriteDisposition.Replace) with { Keys = batch, Where = Col("id") > 2L };
                var result = await lake.WriteAsync(request, lake.Batch(written));

                var gone = rows.Where(r => names.Contains(r.Name) && r.Id > 2).ToList();
                Assert.Equal((gone.Count, written.Length), (result.Deleted, result.Inserted));
                await SameAsync(lake, [.. rows.Where(r => !names.Contains(r.Name) || !(r.Id > 2)), .. written]);
            },
            iter: 15);

    [Fact]
    public async Task A_row_that_does_not_satisfy_the_condition_of_a_replacement_by_keys_is_an_error_that_names_it()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (5, "a", 5));
        using var all = lake.Batch((1, "a", null));
        using var keys = new Apache.Arrow.RecordBatch(
            new Apache.Arrow.Schema([Lake.Schema.FieldsList[1]], null), [Apache.Arrow.ArrowArrayFactory.BuildArray(all.Column(1).Data.Retain())], 1);
        var request = lake.Request(lake.Record(2), WriteDisposition.Replace) with { Keys = keys, Where = Col("id") > 2L };
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.WriteAsync(request, lake.Batch((7, "a", 7), (2, "a", 2))));

        Assert.Contains("id = 2", error.Message, StringComparison.Ordinal);
        await SameAsync(lake, [(1, "a", 1), (5, "a", 5)]);
    }

    [Fact]
    public async Task Files_that_no_row_of_a_delete_can_be_in_are_not_read()
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2));
        await lake.AppendAsync(lake.Record(2), (11, "c", 1), (12, "d", 2));
        store.Opened.Clear();

        var result = await ApplyAsync(lake, new DeleteRows(Col("id") >= 12L));

        Assert.Single(store.Opened.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).Distinct());
        Assert.Contains("scan", result.Explain, StringComparison.Ordinal);
        await SameAsync(lake, [(1, "a", 1), (2, "b", 2), (11, "c", 1)]);
    }

    [Fact]
    public async Task The_plans_of_an_edit_take_their_memory_from_that_of_the_run()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), [.. Enumerable.Range(0, 50_000).Select(i => ((long?)i, (string?)null, (double?)i))]);
        var table = await lake.TableAsync();
        await table.ApplyAsync(new SetProperties(new Dictionary<string, string?> { ["delta.enableDeletionVectors"] = "true" }));
        var budget = new TrackingAllocator(64 << 20);

        // Nothing is written anew: what is held are the rows that are looked at.
        Assert.Equal(1, (await table.ApplyAsync(new DeleteRows(Col("amount") == 7.0) { Allocator = budget })).Deleted);

        Assert.InRange(budget.PeakBytes, 100_000, budget.BudgetBytes);
        Assert.Equal(0, budget.HeldBytes);
    }

    [Fact]
    public async Task A_merge_larger_than_its_memory_spills_and_gives_the_same()
    {
        var scratch = Directory.CreateTempSubdirectory("dex-edit").FullName;
        try
        {
            var options = new EngineOptions { MemoryBudgetBytes = 8 << 20, ScratchFolder = scratch, Parallelism = 2 };
            using var lake = new Lake(options: options);
            const int Count = 120_000;
            Line[] rows = [.. Enumerable.Range(0, Count).Select(i => ((long?)i, (string?)$"name {i}", (double?)i))];
            await lake.AppendAsync(lake.Record(1), rows);
            Line[] news = [.. Enumerable.Range(Count / 2, Count).Select(i => ((long?)i, (string?)$"new {i}", (double?)-i))];

            var result = await lake.UpsertAsync(lake.Record(2), news);

            Assert.Equal((Count / 2, Count / 2), (result.Inserted, result.Updated));
            Assert.Contains("spilled", result.Explain, StringComparison.Ordinal);
            await SameAsync(lake, [.. rows.Take(Count / 2), .. news]);
            Assert.Empty(Directory.EnumerateFileSystemEntries(scratch));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Lake Of(Settings settings) =>
        new() { PartitionColumns = settings is Settings.Partitions or Settings.PartitionsVectorsAndFeed ? ["name"] : [] };

    private static async Task<List<Line>> StartAsync(Lake lake, Settings settings, Line[][] appends)
    {
        await lake.AppendAsync(lake.Record(1));
        var properties = new Dictionary<string, string?>();
        if (settings is Settings.Vectors or Settings.VectorsAndFeed or Settings.PartitionsVectorsAndFeed)
            properties["delta.enableDeletionVectors"] = "true";
        if (settings is Settings.Feed or Settings.VectorsAndFeed or Settings.PartitionsVectorsAndFeed)
            properties["delta.enableChangeDataFeed"] = "true";
        if (properties.Count > 0)
            await ApplyAsync(lake, new SetProperties(properties));
        for (var i = 0; i < appends.Length; i++)
            await lake.AppendAsync(lake.Record(i + 2), appends[i]);
        return [.. appends.SelectMany(a => a)];
    }

    private static async Task<CommitResult> ApplyAsync(Lake lake, TableOperation operation) =>
        await (await lake.TableAsync()).ApplyAsync(operation with { Allocator = lake.Allocator });

    private static Plans.PlanNode SourceOf(Line[] rows) => Flow.From(new RowsSource<Row>("news", [.. rows.Select(r => new Row(r.Id, r.Name, r.Amount))])).Node;

    private static async Task SameAsync(Lake lake, IEnumerable<Line> expected) =>
        Assert.Equal(expected.Select(Text).Order(StringComparer.Ordinal), (await lake.RowsAsync()).Order(StringComparer.Ordinal));

    private static async Task ToldAsync(Lake lake, IEnumerable<string> expected) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await ChangesAsync(lake)).Order(StringComparer.Ordinal));

    /// <summary>What the newest version changed, if it changed rows.</summary>
    private static async Task<List<string>> ChangesAsync(Lake lake)
    {
        var table = await lake.TableAsync();
        var version = (await table.GetSnapshotAsync()).Version;
        var commit = await table.GetHistoryAsync().FirstAsync();
        if (commit.Operation is not ("delete" or "update" or "merge"))
            return [];
        var changes = await Rows.Of(table.ReadChangesAsync(new TableChanges { From = version, Allocator = lake.Allocator }));
        return [.. changes.Select(c => string.Join('|', c.Split('|')[..4]))];
    }

    /// <summary>Rows after changes were made to them.</summary>
    private static List<string> Played(IEnumerable<string> rows, List<string> changes)
    {
        var played = rows.ToList();
        foreach (var change in changes)
        {
            var row = change[..change.LastIndexOf('|')];
            if (change.EndsWith("|delete", StringComparison.Ordinal) || change.EndsWith("|update_preimage", StringComparison.Ordinal))
                Assert.True(played.Remove(row), change);
            else
                played.Add(row);
        }

        return played;
    }

    private static string Text(Line row) =>
        $"{row.Id}|{row.Name ?? "null"}|{row.Amount?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "null"}";

    private static bool? Or(bool? one, bool? other) => one == true || other == true ? true : one is null || other is null ? null : false;

    public sealed record Row(long? Id, string? Name, double? Amount);
}
