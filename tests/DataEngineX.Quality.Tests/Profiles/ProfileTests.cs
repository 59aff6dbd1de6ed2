using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Profiles;

public class ProfileTests
{
    [Fact]
    public async Task The_profile_comes_back_from_JSON_as_it_was()
    {
        var random = new Random(1);
        object?[] Many(Func<int, object?> make) => [.. Enumerable.Range(0, 6000).Select(i => random.Next(9) == 0 ? null : make(i))];
        var profile = await ProfileRun.OfAsync(
            Rows.Of(
                ("id", Int64Type.Default, Many(i => (long)i)),
                ("value", DoubleType.Default, Many(_ => random.NextDouble())),
                ("name", StringType.Default, Many(i => $"name {random.Next()}")),
                ("few", StringType.Default, Many(i => $"{i % 5}")),
                ("day", Date32Type.Default, Many(i => new DateOnly(2024, 1, 1).AddDays(i % 300)))),
            500,
            new ProfileOptions { Correlations = true });
        var back = Profile.Parse(profile.ToJson());
        Assert.Equal(profile.ToJson(), back.ToJson());
        Assert.Equal(profile.ToString(), back.ToString());
        Assert.Equal(profile.Merge(profile).ToJson(), back.Merge(profile).ToJson());
        Assert.Equal(12_000, back.Merge(profile).Rows);
    }

    [Fact]
    public async Task Damaged_text_is_refused_with_a_reason()
    {
        var json = (await ProfileRun.OfAsync(("x", Int64Type.Default, [1L, 2L]), ("s", StringType.Default, ["a", "b"]))).ToJson();
        Assert.Throws<FormatException>(() => Profile.Parse("nothing"));
        Assert.Throws<FormatException>(() => Profile.Parse("{}"));
        Assert.Contains("version 7", Assert.Throws<FormatException>(() => Profile.Parse("""{"kind":"profile","version":7}""")).Message, StringComparison.Ordinal);
        var at = json.IndexOf("\"state\":\"", StringComparison.Ordinal) + 9;
        var bytes = Convert.FromBase64String(json[at..^2]);
        var random = new Random(6);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                // What is still a profile must be one that can be read.
                _ = Profile.Parse(json[..at] + Convert.ToBase64String(random.Next(3) == 0 ? damaged[..random.Next(damaged.Length)] : damaged) + "\"}");
            }
            catch (FormatException)
            {
            }
        }
    }

    [Fact]
    public async Task Profiles_of_other_columns_are_not_merged()
    {
        var longs = await ProfileRun.OfAsync(("x", Int64Type.Default, [1L]));
        var texts = await ProfileRun.OfAsync(("x", StringType.Default, ["1"]));
        var error = Assert.Throws<ArgumentException>(() => longs.Merge(texts));
        Assert.Contains("column 0 is 'x' of type int64 here and 'x' of type utf8 there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_named()
    {
        var batch = Rows.Longs("x", 1);
        var error = await Assert.ThrowsAsync<PlanException>(() => ProfileRun.OfAsync(batch, options: new ProfileOptions { Columns = ["y"] }));
        Assert.Equal("y", error.Column);
        var profile = await ProfileRun.OfAsync(("x", Int64Type.Default, [1L]));
        Assert.Contains("it has x", Assert.Throws<KeyNotFoundException>(() => profile["y"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_the_stream_is_the_error_of_the_profile()
    {
        var batch = Rows.Longs("x", 1);
        await Assert.ThrowsAsync<TimeoutException>(async () => await Profiler.ProfileAsync(Failing(batch), batch.Schema, new ProfileOptions { Parallelism = 3 }));

        static async IAsyncEnumerable<RecordBatch> Failing(RecordBatch batch)
        {
            yield return batch;
            await Task.Yield();
            throw new TimeoutException();
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_profile()
    {
        using var stop = new CancellationTokenSource();
        using var batch = Rows.Longs("x", 1, 2);
        var run = Profiler.ProfileAsync(Endless(), batch.Schema, cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await run);

        async IAsyncEnumerable<RecordBatch> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return batch.SliceShared(0, 2);
            }
        }
    }

    [Fact]
    public async Task Flows_are_profiled_on_all_threads_and_read_only_what_is_profiled()
    {
        await using var lake = Lake();
        await lake.RunAsync("write");
        var flow = Flow.Table(Layer.Bronze, "items");
        var profile = await lake.Reader.ProfileAsync(flow.Where(Col("x").IsNotNull()));
        Assert.Equal((3, 2), (profile.Rows, profile.Columns.Count));
        Assert.Equal(2, profile["x"].Distinct);
        Assert.Equal(1, profile["s"].Nulls);
        var one = await lake.Reader.ProfileAsync(flow, new ProfileOptions { Columns = ["s"] });
        Assert.Equal(["s"], one.Columns.Select(c => c.Name));
        var explained = await lake.Reader.ExplainAsync(flow.Profile(new ProfileOptions { Columns = ["s"] }));
        Assert.Contains("profile columns=[\"s\"]", explained, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PlanException>(async () => await lake.Reader.ProfileAsync(flow, new ProfileOptions { Columns = ["none"] }));
    }

    [Fact]
    public async Task A_table_on_its_own_has_the_same_profile()
    {
        await using var lake = Lake();
        await lake.RunAsync("write");
        var table = await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "items"));
        var profile = await Profiler.ProfileAsync(table!, clock: lake.Clock);
        ProfileMetrics.Same(await lake.Reader.ProfileAsync(Flow.Table(Layer.Bronze, "items")), profile);
    }

    [Fact]
    public async Task A_pipeline_keeps_profiles_in_a_table_and_accounts_for_its_rows()
    {
        await using var lake = Lake();
        await lake.RunAsync("write");
        var run = await lake.RunAsync("profiles");
        Assert.Equal((RunState.Succeeded, 1L), (run.State, run.Rows.Written));
        var kept = Assert.Single(await lake.ReadAsync<Kept>(Layer.Gold, "profiles"));
        Assert.Equal(4, Profile.Parse(kept.Profile).Rows);
    }

    private static InMemoryLakehouse Lake() => new(dex => dex
        .AddPipeline("write", p => p.ReadRows("items", Items).AppendTo(Layer.Bronze, "items"))
        .AddPipeline("profiles", p => p.ReadTable(Layer.Bronze, "items").Profile().ReplaceTable(Layer.Gold, "profiles")));

    private static readonly Item[] Items = [new(1, "a"), new(2, "b"), new(null, "b"), new(2, null)];

    private sealed record Item(long? X, string? S);

    private sealed record Kept(string Profile);
}
