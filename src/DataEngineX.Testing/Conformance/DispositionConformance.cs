using Xunit;

namespace DataEngineX.Testing.Conformance;

/// <summary>
/// What every target of tables must make of each <see cref="WriteDisposition"/>: the same rows that a naive list gives, whatever arrives in whatever
/// order. A test class for a catalog derives from it and says how the catalog is opened.
/// </summary>
public abstract class DispositionConformance
{
    private const int Seeds = 6;
    private const int Runs = 4;

    private static readonly DatasetId Table = DatasetId.Table(Layer.Silver, "states");

    /// <summary>The dispositions and the seeds by which rows are made.</summary>
    public static IEnumerable<object[]> Cases =>
        from disposition in Enum.GetValues<WriteDisposition>()
        from seed in Enumerable.Range(0, Seeds)
        select new object[] { disposition, seed };

    /// <summary>Opens a catalog without tables.</summary>
    protected abstract ITableCatalog Open();

    /// <summary>Lets a test class change a table that has been made, for example its settings. <value>Default: nothing.</value></summary>
    /// <param name="table">The table.</param>
    protected virtual ValueTask PrepareAsync(ITable table) => ValueTask.CompletedTask;

    /// <summary>Any runs give the rows that a list gives, and what was counted adds up to what came in.</summary>
    /// <param name="disposition">The disposition.</param>
    /// <param name="seed">Makes the rows.</param>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Any_runs_give_the_rows_that_a_list_gives(WriteDisposition disposition, int seed)
    {
        var catalog = Open();
        var random = new Random(seed);
        var model = new DispositionModel(disposition);
        for (var run = 1; run <= Runs; run++)
        {
            var rows = model.Draw(random);
            model.Write(rows);
            var result = await WriteAsync(catalog, disposition, run, rows).ConfigureAwait(false);

            Assert.Equal(model.Rows, await ReadAsync(catalog).ConfigureAwait(false));
            Assert.Equal(rows.Count, result.Inserted + result.Updated + result.Unchanged + result.Deduplicated - (disposition == WriteDisposition.History ? result.Updated : 0));
            if (run == 1)
                await PrepareAsync((await catalog.FindAsync(Table).ConfigureAwait(false))!).ConfigureAwait(false);
        }
    }

    /// <summary>A run that is made again under its run key changes nothing, whatever it would write now.</summary>
    /// <param name="disposition">The disposition.</param>
    /// <param name="seed">Makes the rows.</param>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_same_run_key_changes_nothing(WriteDisposition disposition, int seed)
    {
        var catalog = Open();
        var random = new Random(seed);
        var model = new DispositionModel(disposition);
        for (var run = 1; run <= 2; run++)
        {
            var rows = model.Draw(random);
            model.Write(rows);
            await WriteAsync(catalog, disposition, run, rows).ConfigureAwait(false);
        }

        var before = await (await catalog.FindAsync(Table).ConfigureAwait(false))!.GetSnapshotAsync().ConfigureAwait(false);
        var again = await WriteAsync(catalog, disposition, 2, model.Draw(random)).ConfigureAwait(false);

        Assert.True(again.AlreadyDone);
        Assert.Equal(model.Rows, await ReadAsync(catalog).ConfigureAwait(false));
        Assert.Equal(before.Version, (await (await catalog.FindAsync(Table).ConfigureAwait(false))!.GetSnapshotAsync().ConfigureAwait(false)).Version);
    }

    /// <summary>The same rows under another run key leave a table with keys as it is.</summary>
    /// <param name="disposition">The disposition.</param>
    [Theory]
    [InlineData(WriteDisposition.Replace)]
    [InlineData(WriteDisposition.Upsert)]
    [InlineData(WriteDisposition.ReplacePartition)]
    [InlineData(WriteDisposition.DeleteInsert)]
    [InlineData(WriteDisposition.InsertOnly)]
    [InlineData(WriteDisposition.History)]
    public async Task The_same_rows_again_leave_the_table_as_it_is(WriteDisposition disposition)
    {
        var catalog = Open();
        var model = new DispositionModel(disposition);
        var rows = model.Draw(new Random(11));
        await WriteAsync(catalog, disposition, 1, rows).ConfigureAwait(false);
        var before = await ReadAsync(catalog).ConfigureAwait(false);

        await WriteAsync(catalog, disposition, 2, rows).ConfigureAwait(false);

        Assert.Equal(before, await ReadAsync(catalog).ConfigureAwait(false));
    }

    /// <summary>A history that keeps repeats is the same in whatever parts and order states arrive.</summary>
    /// <param name="seed">Makes the states.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_history_does_not_depend_on_the_order_of_arrival(int seed)
    {
        var random = new Random(seed);
        var model = new DispositionModel(WriteDisposition.History) { KeepsRepeats = true };
        var states = Enumerable.Range(0, 3).SelectMany(_ => model.Draw(random)).DistinctBy(r => (r.Id, r.At)).ToList();
        var whole = Open();
        await WriteAsync(whole, WriteDisposition.History, 1, states, keepsRepeats: true).ConfigureAwait(false);

        var parts = Open();
        var shuffled = states.ToArray();
        random.Shuffle(shuffled);
        foreach (var (run, part) in shuffled.Chunk(5).Index())
            await WriteAsync(parts, WriteDisposition.History, run + 1, part, keepsRepeats: true).ConfigureAwait(false);

        model.Write(states);
        Assert.Equal(model.Rows, await ReadAsync(whole).ConfigureAwait(false));
        Assert.Equal(model.Rows, await ReadAsync(parts).ConfigureAwait(false));
    }

    /// <summary>A null in a key is an error naming the column, and nothing is written.</summary>
    /// <param name="disposition">The disposition.</param>
    [Theory]
    [InlineData(WriteDisposition.Upsert)]
    [InlineData(WriteDisposition.DeleteInsert)]
    [InlineData(WriteDisposition.InsertOnly)]
    [InlineData(WriteDisposition.History)]
    public async Task A_null_in_a_key_is_an_error_naming_the_column(WriteDisposition disposition)
    {
        var catalog = Open();

        var error = await Assert.ThrowsAsync<DataEngineXException>(
            () => WriteAsync(catalog, disposition, 1, [new DispositionRow(null, "a", "v", 1)])).ConfigureAwait(false);

        Assert.Contains("'id'", error.Message, StringComparison.Ordinal);
        Assert.Null(await catalog.FindAsync(Table).ConfigureAwait(false));
    }

    private static async Task<CommitResult> WriteAsync(
        ITableCatalog catalog, WriteDisposition disposition, int run, IReadOnlyCollection<DispositionRow> rows, bool keepsRepeats = false)
    {
        var record = new CommitRecord
        {
            Pipeline = "states",
            Target = Table,
            RunId = $"run{run}",
            RunKey = $"key{run}",
            Sequence = run,
            FencingToken = run,
            Cursor = new Cursor(new Dictionary<string, string> { ["bronze/states"] = $"{run}" }),
            Timestamp = new DateTimeOffset(2015, 1, run, 0, 0, 0, TimeSpan.Zero),
        };
        var request = new TableWriteRequest
        {
            Table = Table,
            Schema = DispositionRow.Schema,
            Disposition = disposition,
            Key = disposition switch
            {
                WriteDisposition.Append or WriteDisposition.Replace => [],
                WriteDisposition.ReplacePartition => ["part"],
                _ => ["id"],
            },
            Clauses = disposition == WriteDisposition.Merge
                ? [MergeClause.WhenMatchedDelete(MergeClause.Source("value").IsNull()), MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()]
                : [],
            History = new HistoryColumns("at") { KeepsRepeats = keepsRepeats },
            Record = record,
        };
        var writer = await catalog.OpenWriterAsync(request).ConfigureAwait(false);
        await using var open = writer.ConfigureAwait(false);
        foreach (var part in rows.Chunk(7))
            await writer.TakeAsync(DispositionRow.Batch(part), CancellationToken.None).ConfigureAwait(false);
        return await writer.CommitAsync(record, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<List<string>> ReadAsync(ITableCatalog catalog)
    {
        var table = await catalog.FindAsync(Table).ConfigureAwait(false);
        var rows = new List<string>();
        if (table is null)
            return rows;
        await foreach (var batch in table.ScanAsync(new TableScan()).ConfigureAwait(false))
        {
            using (batch)
                rows.AddRange(DispositionRow.Texts(batch));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
