using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.ML.Tests.Support;
using DataEngineX.Plans;

namespace DataEngineX.ML.Tests.Training;

public class ModelTargetTests
{
    private readonly MemoryObjectStore _store = new();
    private readonly DataAccess _data;
    private readonly ModelTarget _target = new("series", Series.Describe);
    private readonly FileModelRegistry _registry;

    public ModelTargetTests()
    {
        _data = new DataAccess(null!, _store, TimeProvider.System, NoServices.Instance);
        _registry = new FileModelRegistry(_store);
    }

    [Fact]
    public async Task A_run_registers_a_version_with_its_record_and_moves_the_champion()
    {
        Assert.Null(await _target.GetLastCommitAsync(_data, "train", default));

        var result = await RunAsync("k1");

        Assert.Equal(("1", 2190L, 2L, false), (result.Version, result.Inserted, result.Deduplicated, result.AlreadyDone));
        var champion = await _registry.FindVersionAsync("series", ModelAliases.Champion);
        Assert.Equal(1, champion!.Version);
        Assert.Equal("run-k1", champion.RunId);
        Assert.Equal(Models.Trained.Metrics, champion.Metrics);
        var card = ModelCard.FromJson(champion.Card!);
        Assert.Equal(("run-k1", "gold/series@7"), (card.RunId, card.Data.Single()));
        Assert.Equal("k1", (await _target.GetLastCommitAsync(_data, "train", default))!.RunKey);
        Assert.Null(await _target.GetLastCommitAsync(_data, "another", default));
    }

    [Fact]
    public async Task The_same_run_key_again_registers_nothing()
    {
        await RunAsync("k1");

        var again = await RunAsync("k1");

        Assert.Equal(("1", 0L, true), (again.Version, again.Inserted, again.AlreadyDone));
        Assert.Single(await _registry.ListVersionsAsync("series"));
        Assert.Equal("2", (await RunAsync("k2")).Version);
    }

    [Fact]
    public async Task An_older_fencing_token_cannot_register()
    {
        await RunAsync("k1", token: 5);

        await Assert.ThrowsAsync<FencedException>(async () => await RunAsync("k2", token: 4));
        Assert.Single(await _registry.ListVersionsAsync("series"));
    }

    [Fact]
    public async Task A_process_that_died_before_the_alias_moved_is_made_good_by_the_next_look()
    {
        _store.BeforePut = key => key.Contains("/aliases/", StringComparison.Ordinal) ? throw new IOException("gone") : default;
        await Assert.ThrowsAsync<IOException>(async () => await RunAsync("k1"));
        _store.BeforePut = null;
        Assert.Null(await _registry.FindVersionAsync("series", ModelAliases.Champion));

        Assert.Equal("k1", (await _target.GetLastCommitAsync(_data, "train", default))!.RunKey);

        Assert.Equal(1, (await _registry.FindVersionAsync("series", ModelAliases.Champion))!.Version);
    }

    [Fact]
    public async Task A_champion_that_was_taken_back_by_hand_stays_so()
    {
        await RunAsync("k1");
        await RunAsync("k2");
        Assert.True(await _registry.TrySetAliasAsync("series", ModelAliases.Champion, 1, 2, "operator"));

        await _target.GetLastCommitAsync(_data, "train", default);
        await RunAsync("k2");

        Assert.Equal(1, (await _registry.FindVersionAsync("series", ModelAliases.Champion))!.Version);
    }

    [Fact]
    public async Task A_write_without_commit_leaves_nothing()
    {
        await using (var writer = await _target.OpenAsync(Request("k1"), default))
            await writer.TakeAsync(Series.Batch(Series.Rows()), default);

        Assert.Empty(_store.Keys);
    }

    [Theory]
    [InlineData("value", false)]
    [InlineData("wind", true)]
    [InlineData("sky", true)]
    [InlineData("day", true)]
    [InlineData("town", false)]
    public void A_flow_that_does_not_fit_is_refused_while_binding_by_column(string column, bool keep)
    {
        using var batch = Series.Batch([]);
        var fields = batch.Schema.FieldsList
            .Where(f => keep || f.Name != column)
            .Select(f => f.Name == column ? new Field(f.Name, BinaryType.Default, true) : f);

        var error = Assert.Throws<PlanException>(() => _target.Bind(new Schema(fields, null)));

        Assert.Equal(column, error.Column);
        Assert.Contains("'series'", error.Message, StringComparison.Ordinal);
        Assert.Equal(batch.Schema, _target.Bind(batch.Schema));
    }

    [Fact]
    public void Whatever_changes_the_result_changes_the_canonical_form()
    {
        string[] forms =
        [
            Canonical(_ => { }),
            Canonical(t => t.Seed(8)),
            Canonical(t => t.Features("more")),
            Canonical(t => t.Categories("more")),
            Canonical(t => t.Season("day_next", 365)),
            Canonical(t => t.Label("value", TimeSpan.FromDays(2))),
            Canonical(t => t.Baseline("other", "wind")),
            Canonical(t => t.Candidate("ridge2", c => c.Ridge(0.5))),
            Canonical(t => t.Candidate("ridge2", c => c.Ridge(0.5).Harmonics(1))),
            Canonical(t => t.Candidate("ridge2", c => c.FastTree())),
            Canonical(t => t.RollingOrigin(new DateOnly(2021, 1, 1), folds: 2)),
            Canonical(t => t.Holdout(new DateOnly(2022, 2, 1))),
            Canonical(t => t.Promote(new PromotionPolicy { MinimumGain = 0.1 })),
        ];

        Assert.Equal(forms.Length, forms.Distinct().Count());
        Assert.Equal(forms[0], Canonical(_ => { }));
    }

    private static string Canonical(Action<TrainingBuilder> more)
    {
        var writer = new CanonicalWriter();
        new ModelTarget("series", t =>
        {
            Series.Describe(t);
            more(t);
        }).WriteCanonical(writer);
        return writer.ToString();
    }

    private async Task<CommitResult> RunAsync(string key, long token = 1)
    {
        var request = Request(key, token);
        await using var writer = await _target.OpenAsync(request, default);
        foreach (var part in Series.Rows().Chunk(500))
            await writer.TakeAsync(Series.Batch(part), default);
        return await writer.CommitAsync(request.Record, default);
    }

    private TargetRequest Request(string key, long token = 1)
    {
        var input = new InputVersion(DatasetId.Table(Layer.Gold, "series"), "7", null, true);
        using var batch = Series.Batch([]);
        return new TargetRequest
        {
            Schema = batch.Schema,
            Inputs = [input],
            Context = new Context(_data),
            Record = new CommitRecord
            {
                Pipeline = "train",
                Target = _target.Dataset,
                RunId = $"run-{key}",
                RunKey = key,
                Sequence = 1,
                FencingToken = token,
                Cursor = Cursor.After([input]),
            },
        };
    }

    private sealed class Context(DataAccess data) : OperatorContext
    {
        public override MemoryAllocator Allocator => MemoryAllocator.Default.Value;

        public override RunParameters Parameters { get; } = new(DateTimeOffset.UnixEpoch);

        public override RunInfo Run { get; } = new("run", "train", null, 1);

        public override RowAccount Rows { get; } = new();

        public override int Parallelism => 1;

        public override DataAccess Data => data;

        public override ISideOutputWriter SideOutput(string name) => throw new NotSupportedException(name);

        public override void Report(IReadOnlyList<Verdict> verdicts)
        {
        }

        public override void ReportRefused(SourceRefusedException refused)
        {
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
