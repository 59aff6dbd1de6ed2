using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.ML.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.ML.Tests.Registry;

public class FileModelRegistryTests
{
    private readonly MemoryObjectStore _store = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FileModelRegistry _registry;

    public FileModelRegistryTests() => _registry = new FileModelRegistry(_store, _clock);

    [Fact]
    public async Task A_version_comes_back_as_it_was_registered()
    {
        var cursor = new Cursor(new Dictionary<string, string> { ["gold/features"] = "7" });
        var target = DatasetId.Model("m");
        var source = DatasetId.Table(Layer.Gold, "features");
        var registration = Small("m", "payload") with
        {
            Metrics = new Dictionary<string, double> { ["holdout.mae"] = 2.25, ["odd"] = double.NaN },
            Inputs = [new InputVersion(source, "7", null, true)],
            Record = new CommitRecord
            {
                Pipeline = "p",
                Target = target,
                RunId = "r1",
                RunKey = "k1",
                Sequence = 3,
                FencingToken = 9,
                Cursor = cursor,
                Verdicts = [new Verdict { Rule = "not_null", Outcome = VerdictOutcome.Pass, Checked = 4 }],
                Lineage = new DatasetLineage(
                    target, "p", [source], [new ColumnLineage("x", [new ColumnOrigin(source, "x", LineageKind.Identity)])], []),
            },
        };

        var made = await _registry.RegisterAsync(registration);
        var read = await new FileModelRegistry(_store).FindVersionAsync("m", "1");

        Assert.Equal(1, made.Version);
        Assert.NotNull(read);
        Assert.Equal(_clock.GetUtcNow(), read.CreatedAt);
        Assert.Equal("r1", read.RunId);
        Assert.Equal(2.25, read.Metrics["holdout.mae"]);
        Assert.True(double.IsNaN(read.Metrics["odd"]));
        Assert.Equal(registration.Inputs, read.Inputs);
        Assert.Equal(cursor, read.Record!.Cursor);
        Assert.Equal(VerdictOutcome.Pass, read.Record.Verdicts.Single().Outcome);
        Assert.Equal("x", read.Record.Lineage!.Columns.Single().From.Single().Column);
        Assert.Equal("{\"a\":1}", read.Card);
        Assert.Equal(["x", "t"], read.Signature.Inputs.FieldsList.Select(f => f.Name));
        var time = Assert.IsType<TimestampType>(read.Signature.Inputs.GetFieldByName("t").DataType);
        Assert.Equal((TimeUnit.Microsecond, "UTC"), (time.Unit, time.Timezone));
        using var artifact = new StreamReader(await _registry.OpenArtifactAsync("m", 1));
        Assert.Equal("payload", await artifact.ReadToEndAsync());
        Assert.Equal(
            ["models/m/versions/1/card.json", "models/m/versions/1/manifest.json", "models/m/versions/1/model.zip"], _store.Keys);
    }

    [Fact]
    public async Task A_hundred_registrations_at_once_give_a_hundred_versions()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(
            async () => (await _registry.RegisterAsync(Small("m", $"payload {i}"))).Version)));

        Assert.Equal(Enumerable.Range(1, 100), made.Order());
        for (var i = 0; i < made.Length; i++)
        {
            using var artifact = new StreamReader(await _registry.OpenArtifactAsync("m", made[i]));
            Assert.Equal($"payload {i}", await artifact.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task A_registration_that_broke_off_is_not_seen_and_its_number_is_not_used_again()
    {
        _store.BeforePut = key => key.EndsWith("manifest.json", StringComparison.Ordinal) ? throw new IOException("gone") : default;
        await Assert.ThrowsAsync<IOException>(async () => await _registry.RegisterAsync(Small("m", "lost")));
        _store.BeforePut = null;

        Assert.Null(await _registry.FindVersionAsync("m", "1"));
        Assert.Empty(await _registry.ListVersionsAsync("m"));
        Assert.Empty(await _registry.ListModelsAsync());
        Assert.Equal(2, (await _registry.RegisterAsync(Small("m", "next"))).Version);
    }

    [Theory]
    [InlineData("model.zip")]
    [InlineData("card.json")]
    public async Task A_file_that_was_changed_is_not_loaded(string file)
    {
        await _registry.RegisterAsync(Small("m", "payload"));
        _store[$"models/m/versions/1/{file}"][2] ^= 1;

        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await _registry.OpenArtifactAsync("m", 1));

        Assert.Contains("'m' version 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("changed after it was registered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_names_its_key()
    {
        await _registry.RegisterAsync(Small("m", "payload"));
        _store["models/m/versions/1/manifest.json"] = Encoding.UTF8.GetBytes("{ not json");

        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await _registry.FindVersionAsync("m", "1"));

        Assert.Contains("models/m/versions/1/manifest.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_with_their_aliases()
    {
        for (var i = 0; i < 11; i++)
            await _registry.RegisterAsync(Small("m", "p"));
        await _registry.RegisterAsync(Small("a.b-c_d", "p"));
        Assert.True(await _registry.TrySetAliasAsync("m", "champion", 10, null, "tests"));
        Assert.True(await _registry.TrySetAliasAsync("m", "second", 10, null, "tests"));

        var versions = await _registry.ListVersionsAsync("m");

        Assert.Equal(Enumerable.Range(1, 11).Reverse(), versions.Select(v => v.Version));
        Assert.Equal(["champion", "second"], versions[1].Aliases);
        Assert.Empty(versions[0].Aliases);
        Assert.Equal(["a.b-c_d", "m"], await _registry.ListModelsAsync());
        Assert.Empty(await _registry.ListVersionsAsync("unknown"));
    }

    [Fact]
    public async Task An_alias_moves_only_from_where_it_was_seen_and_leaves_a_trail()
    {
        await _registry.RegisterAsync(Small("m", "1"));
        await _registry.RegisterAsync(Small("m", "2"));

        Assert.True(await _registry.TrySetAliasAsync("m", "champion", 1, null, "anna"));
        Assert.False(await _registry.TrySetAliasAsync("m", "champion", 2, null, "ben"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await _registry.TrySetAliasAsync("m", "champion", 2, 1, "ben"));

        Assert.Equal(2, (await _registry.FindVersionAsync("m", "champion"))!.Version);
        var start = new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [new AliasChange("champion", 1, 1, null, "anna", start), new AliasChange("champion", 2, 2, 1, "ben", start.AddMinutes(5))],
            await _registry.ListAliasChangesAsync("m"));
    }

    [Fact]
    public async Task Of_callers_that_saw_the_same_alias_one_moves_it()
    {
        for (var i = 0; i < 20; i++)
            await _registry.RegisterAsync(Small("m", "p"));

        var won = await Task.WhenAll(Enumerable.Range(1, 20).Select(v => Task.Run(
            async () => await _registry.TrySetAliasAsync("m", "champion", v, null, $"caller {v}"))));

        Assert.Single(won, w => w);
        var change = Assert.Single(await _registry.ListAliasChangesAsync("m"));
        Assert.Equal(System.Array.IndexOf(won, true) + 1, change.Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a b")]
    public async Task Bad_aliases_are_refused_and_lead_nowhere(string alias)
    {
        await _registry.RegisterAsync(Small("m", "p"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await _registry.TrySetAliasAsync("m", alias, 1, null, "tests"));
        Assert.Null(await _registry.FindVersionAsync("m", alias));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../m")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    public async Task Bad_model_names_are_refused_and_lead_nowhere(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _registry.RegisterAsync(Small(name, "p")));
        Assert.Null(await _registry.FindVersionAsync(name, "1"));
        Assert.Empty(await _registry.ListVersionsAsync(name));
        Assert.Empty(_store.Keys);
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        await Assert.ThrowsAsync<DataEngineXException>(async () => await _registry.OpenArtifactAsync("m", 1));
        await Assert.ThrowsAsync<DataEngineXException>(async () => await _registry.TrySetAliasAsync("m", "champion", 1, null, "tests"));
        Assert.Null(await _registry.FindVersionAsync("m", "champion"));
    }

    private static ModelRegistration Small(string name, string payload) => new()
    {
        Name = name,
        Signature = new ModelSignature(
            new Schema(
                [new Field("x", DoubleType.Default, true), new Field("t", new TimestampType(TimeUnit.Microsecond, "UTC"), false)], null),
            new Schema([new Field("score", DoubleType.Default, true)], null)),
        Artifact = Encoding.UTF8.GetBytes(payload),
        Card = "{\"a\":1}",
    };
}
