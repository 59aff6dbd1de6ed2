using Xunit;

namespace DataEngineX.Testing.Conformance;

/// <content>How the suite writes and reads.</content>
public abstract partial class DispositionConformance
{
    /// <summary>A place whose targets know a disposition; null where they refuse it by name, which is all that there is to try.</summary>
    private async ValueTask<DispositionPlace?> OpenAsync(WriteDisposition disposition)
    {
        var place = await OpenAsync().ConfigureAwait(false);
        if (place.Dispositions.Contains(disposition))
            return place;
        await using var open = place.ConfigureAwait(false);
        DemandRefused(place, Described(disposition, keepsRepeats: false));
        return null;
    }

    private static void DemandRefused(DispositionPlace place, DispositionWrite write)
    {
        var error = Assert.Throws<PlanException>(() => place.Target(write));

        Assert.Matches(" cannot be written by [a-z_]+: .+ knows .+ only; .+\\.$", error.Message);
        Assert.Contains(Pipelines.ColumnNames.Of(write.Disposition.ToString()), error.Message, StringComparison.Ordinal);
    }

    private static DispositionWrite Described(WriteDisposition disposition, bool keepsRepeats) => new(disposition, disposition switch
    {
        WriteDisposition.Append or WriteDisposition.Replace => [],
        WriteDisposition.ReplacePartition => ["part"],
        _ => ["id"],
    })
    {
        Clauses = disposition == WriteDisposition.Merge
            ? [MergeClause.WhenMatchedDelete(MergeClause.Source("value").IsNull()), MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()]
            : [],
        History = new HistoryColumns("at") { KeepsRepeats = keepsRepeats },
    };

    private static CommitRecord RecordOf(DatasetId target, int run) => new()
    {
        Pipeline = "states",
        Target = target,
        RunId = $"run{run}",
        RunKey = $"key{run}",
        Sequence = run,
        FencingToken = run,
        Cursor = Cursor.Empty.With("bronze/states", $"{run}", identity: $"mark{run}"),
        Timestamp = new DateTimeOffset(2015, 1, run, 0, 0, 0, TimeSpan.Zero),
    };

    private static Task<CommitResult> WriteAsync(
        DispositionPlace place, WriteDisposition disposition, int run, IReadOnlyCollection<DispositionRow> rows, bool keepsRepeats = false) =>
        WriteAsync(place, Described(disposition, keepsRepeats), run, rows);

    private static async Task<CommitResult> WriteAsync(
        DispositionPlace place, DispositionWrite write, int run, IReadOnlyCollection<DispositionRow> rows, ReplacedRows? replaces = null, Func<CommitRecord, CommitRecord>? change = null)
    {
        var target = place.Target(write);
        target.Bind(DispositionRow.Schema);
        var record = RecordOf(target.Dataset, run);
        record = change?.Invoke(record) ?? record;
        var request = new TargetRequest
        {
            Schema = DispositionRow.Schema,
            Record = record,
            Inputs = [],
            Replaces = replaces,
            Context = new TestOperatorContext(place.Data),
        };
        var writer = await target.OpenAsync(request, CancellationToken.None).ConfigureAwait(false);
        await using var open = writer.ConfigureAwait(false);
        foreach (var part in rows.Chunk(7))
            await writer.TakeAsync(DispositionRow.Batch(part), CancellationToken.None).ConfigureAwait(false);
        return await writer.CommitAsync(record, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<List<string>> ReadAsync(DispositionPlace place, WriteDisposition disposition)
    {
        var schema = disposition == WriteDisposition.History ? new HistoryColumns("at").SchemaOf(DispositionRow.Schema) : DispositionRow.Schema;
        var rows = new List<string>();
        await foreach (var batch in place.ReadAsync(schema).ConfigureAwait(false))
        {
            using (batch)
                rows.AddRange(DispositionRow.Texts(batch));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
