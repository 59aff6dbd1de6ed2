using Apache.Arrow;
using Xunit;

namespace DataEngineX.Testing.Conformance;

/// <content>What a target refuses, and what its commits promise.</content>
public abstract partial class DispositionConformance
{
    /// <summary>The dispositions.</summary>
    public static IEnumerable<object[]> Dispositions => Enum.GetValues<WriteDisposition>().Select(d => new object[] { d });

    /// <summary>A disposition that the target does not know is refused when it is described, in the words that all targets use.</summary>
    /// <param name="disposition">The disposition.</param>
    [Theory]
    [MemberData(nameof(Dispositions))]
    public async Task A_disposition_that_is_not_known_is_refused_by_name(WriteDisposition disposition)
    {
        var place = await OpenAsync().ConfigureAwait(false);
        await using var open = place.ConfigureAwait(false);
        var write = Described(disposition, keepsRepeats: false);
        if (place.Dispositions.Contains(disposition))
            Assert.Equal(disposition, place.Target(write).WriteDisposition);
        else
            DemandRefused(place, write);
    }

    /// <summary>By a column that tells the newest row, rows may come in any order and parts.</summary>
    /// <param name="seed">Makes the rows.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_newest_row_stays_in_whatever_order_rows_arrive(int seed)
    {
        var random = new Random(seed);
        var states = Enumerable.Range(0, 40).Select(i => new DispositionRow(random.Next(6), $"p{random.Next(3)}", random.Next(3) == 0 ? null : $"v{random.Next(4)}", i)).ToArray();
        var newest = states.GroupBy(s => s.Id).Select(g => g.MaxBy(s => s.At)!.ToString()).Order(StringComparer.Ordinal);
        random.Shuffle(states);
        if (await OpenAsync(WriteDisposition.Upsert).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        foreach (var (run, part) in states.Chunk(9).Index())
            await WriteAsync(place, new DispositionWrite(WriteDisposition.Upsert, ["id"]) { NewestBy = "at" }, run + 1, part).ConfigureAwait(false);

        Assert.Equal(newest, await ReadAsync(place, WriteDisposition.Upsert).ConfigureAwait(false));
    }

    /// <summary>Rows of some keys are replaced and no others, null being a key; a row of another key is an error that names row and columns.</summary>
    [Fact]
    public async Task Rows_of_keys_are_replaced_and_rows_of_other_keys_are_refused()
    {
        if (await OpenAsync(WriteDisposition.Replace).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        Assert.Equal(place.ReplacesKeys, place.Target(Described(WriteDisposition.Replace, keepsRepeats: false)).ReplacesInPart);
        if (!place.ReplacesKeys)
            return;
        DispositionRow[] before = [new(1, "p1", "a", 1), new(2, "p1", "b", 1), new(3, null, "c", 1), new(4, "p2", "d", 1)];
        await WriteAsync(place, WriteDisposition.Replace, 1, before).ConfigureAwait(false);
        using var keys = Parts("p1", null);
        var replaces = ReplacedRows.WithKeys(keys);
        var write = Described(WriteDisposition.Replace, keepsRepeats: false);

        var error = await Assert.ThrowsAsync<DataEngineXException>(
            () => WriteAsync(place, write, 2, [new(1, "p1", "x", 2), new(9, "p7", "y", 2)], replaces)).ConfigureAwait(false);
        Assert.Contains("row 1 of the write has part = p7", error.Message, StringComparison.Ordinal);
        Assert.Equal(before.Select(r => r.ToString()).Order(StringComparer.Ordinal), await ReadAsync(place, WriteDisposition.Replace).ConfigureAwait(false));

        await WriteAsync(place, write, 2, [new(1, "p1", "x", 2), new(5, null, "z", 2)], replaces).ConfigureAwait(false);
        Assert.Equal(["1|p1|x|2", "4|p2|d|1", "5|null|z|2"], await ReadAsync(place, WriteDisposition.Replace).ConfigureAwait(false));
    }

    /// <summary>A write without a commit leaves no trace, and a run that has been overtaken cannot commit.</summary>
    /// <param name="disposition">The disposition.</param>
    [Theory]
    [MemberData(nameof(Dispositions))]
    public async Task What_is_not_committed_is_not_there_and_an_older_token_is_refused(WriteDisposition disposition)
    {
        if (await OpenAsync(disposition).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        DispositionRow[] rows = [new(1, "p1", "a", 1), new(2, "p2", "b", 2)];
        await WriteAsync(place, disposition, 5, rows).ConfigureAwait(false);
        var before = await ReadAsync(place, disposition).ConfigureAwait(false);
        var target = place.Target(Described(disposition, keepsRepeats: false));
        var request = new TargetRequest { Schema = DispositionRow.Schema, Record = RecordOf(target.Dataset, 6), Inputs = [], Context = new TestOperatorContext(place.Data) };
        var writer = await target.OpenAsync(request, CancellationToken.None).ConfigureAwait(false);
        await writer.TakeAsync(DispositionRow.Batch([new(3, "p3", "c", 3)]), CancellationToken.None).ConfigureAwait(false);
        await writer.DisposeAsync().ConfigureAwait(false);

        var fenced = await Assert.ThrowsAsync<FencedException>(
            () => WriteAsync(place, Described(disposition, keepsRepeats: false), 6, rows, change: r => r with { FencingToken = 4 })).ConfigureAwait(false);
        await Assert.ThrowsAsync<CommitConflictException>(
            () => WriteAsync(place, Described(disposition, keepsRepeats: false), 5, rows, change: r => r with { RunKey = "other" })).ConfigureAwait(false);

        Assert.Equal((4, 5), (fenced.Token, fenced.NewerToken));
        Assert.Equal(before, await ReadAsync(place, disposition).ConfigureAwait(false));
    }

    /// <summary>The last commit is found again as it was made.</summary>
    /// <param name="disposition">The disposition.</param>
    [Theory]
    [MemberData(nameof(Dispositions))]
    public async Task The_record_of_the_last_commit_is_kept(WriteDisposition disposition)
    {
        if (await OpenAsync(disposition).ConfigureAwait(false) is not { } place)
            return;
        await using var open = place.ConfigureAwait(false);
        var target = place.Target(Described(disposition, keepsRepeats: false));
        Assert.Null(await target.GetLastCommitAsync(place.Data, "states", CancellationToken.None).ConfigureAwait(false));
        await WriteAsync(place, disposition, 1, []).ConfigureAwait(false);
        await WriteAsync(place, disposition, 2, [new(1, "p1", "a", 1)]).ConfigureAwait(false);

        var last = await target.GetLastCommitAsync(place.Data, "states", CancellationToken.None).ConfigureAwait(false);

        Assert.Null(await target.GetLastCommitAsync(place.Data, "others", CancellationToken.None).ConfigureAwait(false));
        var made = RecordOf(target.Dataset, 2);
        Assert.NotNull(last);
        Assert.Equal((made.RunKey, made.RunId, made.Sequence, made.FencingToken, made.Target, made.Timestamp), (last.RunKey, last.RunId, last.Sequence, last.FencingToken, last.Target, last.Timestamp));
        Assert.True(made.Cursor.Equals(last.Cursor));
        Assert.Equal(made.Cursor.Identities, last.Cursor.Identities);
    }

    private static RecordBatch Parts(params string?[] parts)
    {
        var texts = new StringArray.Builder();
        foreach (var part in parts)
        {
            if (part is null)
                texts.AppendNull();
            else
                texts.Append(part);
        }

        return new RecordBatch(new Schema([new Field("part", Apache.Arrow.Types.StringType.Default, nullable: true)], null), [texts.Build()], parts.Length);
    }
}
