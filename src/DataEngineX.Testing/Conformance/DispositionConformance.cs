using Xunit;

namespace DataEngineX.Testing.Conformance;

/// <summary>
/// What every target of rows must make of each <see cref="WriteDisposition"/>: the same rows that a naive list gives, whatever arrives in whatever
/// order; what it does not know it refuses by name. A test class for a kind of target derives from it and says where its targets write.
/// </summary>
public abstract partial class DispositionConformance
{
    private const int Seeds = 6;
    private const int Runs = 4;

    /// <summary>The dispositions and the seeds by which rows are made.</summary>
    public static IEnumerable<object[]> Cases =>
        from disposition in Enum.GetValues<WriteDisposition>()
        from seed in Enumerable.Range(0, Seeds)
        select new object[] { disposition, seed };

    /// <summary>Opens a place in which nothing is yet.</summary>
    protected abstract ValueTask<DispositionPlace> OpenAsync();

    /// <summary>Lets a test class change what has been made, for example the settings of a table. <value>Default: nothing.</value></summary>
    /// <param name="place">The place, after its first write.</param>
    protected virtual ValueTask PrepareAsync(DispositionPlace place) => ValueTask.CompletedTask;

    /// <summary>Any runs give the rows that a list gives, and what was counted adds up to what came in.</summary>
    /// <param name="disposition">The disposition.</param>
    /// <param name="seed">Makes the rows.</param>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Any_runs_give_the_rows_that_a_list_gives(WriteDisposition disposition, int seed)
    {
        if (await OpenAsync(disposition).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        var random = new Random(seed);
        var model = new DispositionModel(disposition);
        for (var run = 1; run <= Runs; run++)
        {
            var rows = model.Draw(random);
            model.Write(rows);
            var result = await WriteAsync(place, disposition, run, rows).ConfigureAwait(false);

            Assert.Equal(model.Rows, await ReadAsync(place, disposition).ConfigureAwait(false));
            Assert.Equal(rows.Count, result.Inserted + result.Updated + result.Unchanged + result.Deduplicated - (disposition == WriteDisposition.History ? result.Updated : 0));
            if (run == 1)
                await PrepareAsync(place).ConfigureAwait(false);
        }
    }

    /// <summary>A run that is made again under its run key changes nothing, whatever it would write now.</summary>
    /// <param name="disposition">The disposition.</param>
    /// <param name="seed">Makes the rows.</param>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_same_run_key_changes_nothing(WriteDisposition disposition, int seed)
    {
        if (await OpenAsync(disposition).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        var random = new Random(seed);
        var model = new DispositionModel(disposition);
        for (var run = 1; run <= 2; run++)
        {
            var rows = model.Draw(random);
            model.Write(rows);
            await WriteAsync(place, disposition, run, rows).ConfigureAwait(false);
        }

        var version = (await WriteAsync(place, disposition, 2, []).ConfigureAwait(false)).Version;
        var again = await WriteAsync(place, disposition, 2, model.Draw(random)).ConfigureAwait(false);

        Assert.True(again.AlreadyDone);
        Assert.Equal(model.Rows, await ReadAsync(place, disposition).ConfigureAwait(false));
        Assert.Equal(version, again.Version);
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
        if (await OpenAsync(disposition).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        var model = new DispositionModel(disposition);
        var rows = model.Draw(new Random(11));
        await WriteAsync(place, disposition, 1, rows).ConfigureAwait(false);
        var before = await ReadAsync(place, disposition).ConfigureAwait(false);

        await WriteAsync(place, disposition, 2, rows).ConfigureAwait(false);

        Assert.Equal(before, await ReadAsync(place, disposition).ConfigureAwait(false));
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
        if (await OpenAsync(WriteDisposition.History).ConfigureAwait(false) is not { } whole)
            return;
        await using var openWhole = whole.ConfigureAwait(false);
        await WriteAsync(whole, WriteDisposition.History, 1, states, keepsRepeats: true).ConfigureAwait(false);

        if (await OpenAsync(WriteDisposition.History).ConfigureAwait(false) is not { } parts)
            return;
        await using var openParts = parts.ConfigureAwait(false);
        var shuffled = states.ToArray();
        random.Shuffle(shuffled);
        foreach (var (run, part) in shuffled.Chunk(5).Index())
            await WriteAsync(parts, WriteDisposition.History, run + 1, part, keepsRepeats: true).ConfigureAwait(false);

        model.Write(states);
        Assert.Equal(model.Rows, await ReadAsync(whole, WriteDisposition.History).ConfigureAwait(false));
        Assert.Equal(model.Rows, await ReadAsync(parts, WriteDisposition.History).ConfigureAwait(false));
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
        if (await OpenAsync(disposition).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);

        var error = await Assert.ThrowsAsync<DataEngineXException>(
            () => WriteAsync(place, disposition, 1, [new DispositionRow(7, "a", "v", 1), new DispositionRow(null, "a", "v", 1)])).ConfigureAwait(false);

        Assert.Contains("'id'", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 1 ", error.Message, StringComparison.Ordinal);
        Assert.Null(await place.Target(Described(disposition, false)).GetSchemaAsync(place.Data, CancellationToken.None).ConfigureAwait(false));
        Assert.Empty(await ReadAsync(place, disposition).ConfigureAwait(false));
    }
}
