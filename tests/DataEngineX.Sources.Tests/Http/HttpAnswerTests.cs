using System.Text;
using DataEngineX.Lakehouse;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Sources.Tests.Http;

/// <summary>Answers kept as they came, and read from there.</summary>
public class HttpAnswerTests
{
    private const string Pretty = "{\r\n  \"id\": 1,\n  \"name\": \"a\\nb\",\n  \"tags\": [\n    \"x\",\n    \"y\"\n  ]\n}\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Raw(string Path, string Source, string Digest, long Size, DateTimeOffset Time);

    private sealed record Thing(long Id, string? Name, [property: ColumnName("_file")] string File, [property: ColumnName("_line")] long Line);

    [Fact]
    public async Task An_answer_is_kept_byte_by_byte_under_the_instant_at_which_it_came_and_once()
    {
        await using var server = new Loopback((_, _) => Answer.Ok(Pretty));
        await using var lake = Lake(server);
        var at = lake.Clock.GetUtcNow();
        Assert.Equal(1, (await lake.RunAsync("raw", Cancel)).Rows.Written);
        lake.Clock.Advance(TimeSpan.FromHours(1));
        var again = await lake.RunAsync("raw", Cancel);
        Assert.Equal(RunState.Succeeded, again.State);

        var row = Assert.Single(await lake.ReadAsync<Raw>(Layer.Raw, "things", Cancel));
        Assert.Equal((Encoding.UTF8.GetByteCount(Pretty), at), (row.Size, row.Time));
        Assert.Equal($"things/a b/{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}", row.Source);
        using var stored = new StreamReader(await lake.Services.GetRequiredService<IObjectStore>().OpenReadAsync(row.Path, Cancel));
        Assert.Equal(Pretty, await stored.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task One_object_over_many_lines_is_one_row_and_a_line_end_in_a_text_stays()
    {
        await using var server = new Loopback((_, _) => Answer.Ok(Pretty));
        await using var lake = Lake(server);
        await lake.RunAsync("raw", Cancel);
        var run = await lake.RunAsync("bronze", Cancel);
        Assert.Equal((RunState.Succeeded, null, 1), (run.State, run.Error, run.Rows.Written));
        var thing = Assert.Single(await lake.ReadAsync<Thing>(Layer.Bronze, "things", Cancel));
        Assert.Equal((1, "a\nb", 1), (thing.Id, thing.Name, thing.Line));
        Assert.StartsWith("things/a b/", thing.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n \"id\": 1,\n", "cut off")]
    [InlineData("{\n \"id\": 1\n}\n{\n \"id\": 2\n}", "")]
    public async Task What_is_not_one_object_is_kept_and_told(string body, string reason)
    {
        await using var server = new Loopback((_, _) => Answer.Ok(body));
        await using var lake = Lake(server);
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("raw", Cancel)).State);
        var run = await lake.RunAsync("bronze", Cancel);
        Assert.Equal(0, run.Rows.Written);
        Assert.True(run.Rows.Quarantined > 0 || run.Error!.Contains(reason, StringComparison.Ordinal), run.Error);
    }

    [Theory]
    [InlineData(404, "answered 404 NotFound", 1)]
    [InlineData(503, "answered 503 ServiceUnavailable after 3 attempts", 3)]
    public async Task A_refusal_is_not_an_answer(int status, string reason, int requests)
    {
        await using var server = new Loopback((_, _) => new Answer(status, "down"));
        await using var lake = Lake(server);
        var run = await lake.RunAsync("raw", Cancel);
        Assert.Equal((RunState.Failed, false, requests), (run.State, run.Published, server.Requests.Count));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_look_into_the_answer_is_refused()
    {
        var address = new Uri("http://127.0.0.1/");
        Assert.Throws<ArgumentException>(() => new HttpAnswerSource("x", address, new HttpJsonOptions { Paging = HttpPaging.Link }));
        Assert.Throws<ArgumentException>(() => new HttpAnswerSource("x", address, new HttpJsonOptions { RowsPath = "rows" }));
        Assert.Throws<ArgumentException>(() => new HttpAnswerSource("x", new Uri("ftp://127.0.0.1/")));
        Assert.Throws<ArgumentException>(() => new HttpAnswerSource("x", new Uri("http://user:pass@127.0.0.1/")));
    }

    private static InMemoryLakehouse Lake(Loopback server) => new(dex =>
    {
        dex.AddPipeline("raw", p => p
            .ReadHttp("things/a b", server.Address, new HttpJsonOptions { MaxRetries = 2, RetryDelay = TimeSpan.FromMilliseconds(1) })
            .IngestInto(Layer.Raw, "things"));
        dex.AddPipeline("bronze", p => p
            .ReadJsonObjects<Thing>(Layer.Raw, "things", new JsonReadOptions { IsDocument = true }).Incremental().AppendTo(Layer.Bronze, "things"));
    });
}
