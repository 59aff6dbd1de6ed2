using System.Diagnostics;
using System.Globalization;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Sources.Tests.Http;

public sealed record Item(long Id, string? Name, double? Value, DateTimeOffset? At);

/// <summary>Pages, headers, limits and faults of a web service, through pipelines.</summary>
public sealed class HttpJsonTests
{
    private static readonly HttpJsonOptions Quick = new() { RetryDelay = TimeSpan.FromMilliseconds(5), RowsPath = "data.items" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_page_of_rows_of_every_kind()
    {
        await using var server = new Loopback((_, _) => Answer.Ok("[{\"id\":1,\"name\":\"a\\n\",\n\"value\":1.5,\r\n\"at\":\"2015-01-01T00:00:00Z\"}, {\"id\":2,\"extra\":{\"x\":[1]}}]"));
        var (run, rows) = await ReadAsync(server.At("items"), Quick with { RowsPath = "" });
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal([new Item(1, "a\n", 1.5, new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero)), new Item(2, null, null, null)], rows);
        Assert.Equal((2L, 2L), (run.Rows.Read, run.Rows.Written));
    }

    [Fact]
    public async Task A_row_that_was_refused_is_read_again_after_a_repair_without_asking_the_server()
    {
        await using var server = new Loopback((target, _) => Answer.Ok(target.Contains("page=0", StringComparison.Ordinal)
            ? "{\"data\":{\"items\":[{\"id\":1},{\"id\":2,\"name\":{\"x\":1}}]}}"
            : target.Contains("page=1", StringComparison.Ordinal) ? "{\"data\":{\"items\":[{\"id\":3,\"name\":7},{\"id\":\"x\"}]}}" : "{\"data\":{\"items\":[]}}"));
        var state = new InMemoryState();
        InMemoryLakehouse Lake(bool anyAsText) => new(
            dex => dex.AddPipeline("items", p => p.ReadHttpJson<Item>("shop", server.At("items"), Quick with
            {
                Paging = HttpPaging.Number("page", first: 0),
                Json = new() { AnyValueAsText = anyAsText },
            }).AppendTo(Layer.Bronze, "items")),
            state);

        await using (var lake = Lake(anyAsText: false))
        {
            var run = await lake.RunAsync("items", Cancel);
            Assert.Equal((4L, 1L, 3L), (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        }

        var asked = server.Requests.Count;
        await using var next = Lake(anyAsText: true);
        var replay = await next.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("items", RunTriggers.Replay) { IsReplay = true }, null, Cancel);
        Assert.True(replay.State == RunState.Succeeded, replay.Error);
        Assert.Equal((3L, 2L, 1L), (replay.Rows.Read, replay.Rows.Written, replay.Rows.Quarantined));
        Assert.Equal(asked, server.Requests.Count);
        Assert.Equal([(1L, null), (2L, "{\"x\":1}"), (3L, "7")], (await next.ReadAsync<Item>(Layer.Bronze, "items", Cancel)).Select(i => (i.Id, i.Name)));
        var left = Assert.Single(await next.ReadAsync<Refused>(Layer.Quarantine, "items", Cancel));
        Assert.Equal(("http/shop page 2", 2L, "{\"id\":\"x\"}"), (left.File, left.Line, left.Row));
    }

    private sealed record Refused(string File, long Line, string Row);

    public static TheoryData<string> Kinds => ["cursor", "number", "offset", "link", "next"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Pages_of_every_kind_give_each_row_once(string kind)
    {
        Loopback? server = null;
        server = new Loopback((target, _) => Page(kind, target, server!.Address));
        await using var open = server;
        var paging = kind switch
        {
            "cursor" => HttpPaging.Cursor("after", "data.next"),
            "number" => HttpPaging.Number("page"),
            "offset" => HttpPaging.Offset("skip", "take", 10),
            "link" => HttpPaging.Link,
            _ => HttpPaging.NextUrl("data.next"),
        };
        var (run, rows) = await ReadAsync(server.At("items?fixed=a%20b"), Quick with { Paging = paging });
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => (long)i), rows.Select(r => r.Id));
        Assert.All(server.Requests, r => Assert.Contains("fixed=a%20b", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_are_made_anew_for_each_attempt()
    {
        var tokens = 0;
        await using var server = new Loopback((_, n) => n == 0 ? new Answer(503, "") : Answer.Ok("{\"data\":{\"items\":[{\"id\":1}]}}"));
        var (run, _) = await ReadAsync(server.At("items"), Quick with
        {
            Prepare = (request, services, _) =>
            {
                Assert.NotNull(services);
                request.Headers.Authorization = new("Bearer", $"t{Interlocked.Increment(ref tokens)}");
                return ValueTask.CompletedTask;
            },
        });
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Contains("Authorization: Bearer t1", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer t2", server.Heads[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task Faults_that_pass_are_waited_for(int status)
    {
        await using var server = new Loopback((_, n) => n < 3 ? new Answer(status, "busy") : Answer.Ok("{\"data\":{\"items\":[{\"id\":1}]}}"));
        var (run, rows) = await ReadAsync(server.At("items"), Quick);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(4, server.Requests.Count);
        Assert.Single(rows);
    }

    [Fact]
    public async Task Retry_after_is_obeyed()
    {
        await using var server = new Loopback((_, n) => n == 0 ? new Answer(429, "") { Headers = ["Retry-After: 1"] } : Answer.Ok("{\"data\":{\"items\":[]}}"));
        var start = Stopwatch.GetTimestamp();
        var (run, _) = await ReadAsync(server.At("items"), Quick);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.95));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_not_waited_for()
    {
        await using var server = new Loopback((_, _) => new Answer(429, "") { Headers = ["Retry-After: 3600"] });
        var (run, _) = await ReadAsync(server.At("items"), Quick);
        Assert.Contains("answered 429 TooManyRequests and asks to wait 3600 s, longer than MaxRetryAfter", run.Error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    [InlineData(400)]
    public async Task Faults_that_stay_are_not_tried_again(int status)
    {
        await using var server = new Loopback((_, _) => new Answer(status, "no"));
        var (run, _) = await ReadAsync(server.At("items?api_key=hidden&x=1"), Quick);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains($"page 1 ({server.Address}items?api_key=***&x=1): answered {status}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.Error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_asked_for_again()
    {
        await using var server = new Loopback((_, n) => Answer.Ok("{\"data\":{\"items\":[{\"id\":1}]}}") with { BreaksOff = n == 0 });
        var (run, rows) = await ReadAsync(server.At("items"), Quick);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((2, 1), (server.Requests.Count, rows.Count));
    }

    [Fact]
    public async Task What_was_read_before_a_fault_is_counted_and_not_published()
    {
        await using var server = new Loopback((target, _) => target.Contains("page=3", StringComparison.Ordinal)
            ? new Answer(500, "") : Answer.Ok($"{{\"data\":{{\"items\":[{{\"id\":{target[^1]}}},{{\"id\":9}}]}}}}"));
        var (run, rows) = await ReadAsync(server.At("items"), Quick with { Paging = HttpPaging.Number("page"), MaxRetries = 2 });
        Assert.Equal((RunState.Failed, 4L, 0), (run.State, run.Rows.Read, rows.Count));
        Assert.Contains("page=3): answered 500 InternalServerError after 3 attempts; 4 rows of 2 pages were read before it.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"data\":{\"items\":[{\"id\":1}", "the body cannot be read")]
    [InlineData("<html>", "the body cannot be read")]
    [InlineData("", "the body cannot be read")]
    [InlineData("{\"data\":{\"rows\":[]}}", "it has no member 'data.items'")]
    [InlineData("{\"data\":[1]}", "leads through a value that is no object")]
    [InlineData("{\"data\":{\"items\":7}}", "'data.items' is no array and no object")]
    public async Task A_body_that_is_not_what_was_promised_is_named(string body, string error)
    {
        await using var server = new Loopback((_, _) => Answer.Ok(body));
        var (run, _) = await ReadAsync(server.At("items"), Quick);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
        Assert.Contains("page 1", run.Error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Rows_of_the_wrong_type_are_set_aside_with_their_page()
    {
        await using var server = new Loopback((target, _) => Answer.Ok(target.EndsWith("=1", StringComparison.Ordinal)
            ? "{\"data\":{\"items\":[{\"id\":1},{\"id\":\"two\"},7,{\"name\":\"no id\"}]}}"
            : target.EndsWith("=2", StringComparison.Ordinal) ? "{\"data\":{\"items\":[{\"id\":3,\"value\":\"x\"}]}}" : "{\"data\":{\"items\":[]}}"));
        await using var lake = Lake(server.At("items"), Quick with { Paging = HttpPaging.Number("page") });
        var run = await lake.RunAsync("items", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((5L, 1L, 4L), (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.All(lake.Statistics[0].Operators, o => Assert.True(o.Rows.IsBalanced, o.Operator));
        var aside = await lake.Reader.ToListAsync(Flow.Table<Aside>(Layer.Quarantine, "items"), Cancel);
        Assert.Equal(["type:int64", "json", "not-null", "type:double"], aside.Select(a => a.Rule));
        Assert.Equal(["http/items page 1", "http/items page 1", "http/items page 1", "http/items page 2"], aside.Select(a => a.File));
        Assert.Equal([2L, 3, 4, 1], aside.Select(a => a.Line));
    }

    [Fact]
    public async Task Pages_that_go_round_in_a_circle_end_with_an_error()
    {
        await using var server = new Loopback((target, _) => Answer.Ok(
            $"{{\"data\":{{\"items\":[{{\"id\":1}}],\"next\":\"{(target.Contains("after=b", StringComparison.Ordinal) ? "a" : target.Contains("after=a", StringComparison.Ordinal) ? "b" : "a")}\"}}}}"));
        var (run, _) = await ReadAsync(server.At("items"), Quick with { Paging = HttpPaging.Cursor("after", "data.next") });
        Assert.Contains("it is page 2 again: the pages go round in a circle", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_count_is_found_out()
    {
        await using var server = new Loopback((_, _) => Answer.Ok("{\"data\":{\"items\":[{\"id\":1}]}}"));
        var (run, _) = await ReadAsync(server.At("items"), Quick with { Paging = HttpPaging.Number("page") });
        Assert.Contains("page 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("does not seem to know the paging parameter", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Limits_end_a_read()
    {
        var number = 0;
        await using var server = new Loopback((_, _) => Answer.Ok($"{{\"data\":{{\"items\":[{{\"id\":{++number},\"name\":\"{new string('x', 500)}\"}}]}}}}"));
        var (small, _) = await ReadAsync(server.At("items"), Quick with { MaxPageBytes = 100 });
        Assert.Contains("longer than 100 bytes", small.Error, StringComparison.Ordinal);
        var (many, _) = await ReadAsync(server.At("items"), Quick with { MaxPages = 5, Paging = HttpPaging.Number("page") });
        Assert.Contains("more than 5 pages", many.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        await using var server = new Loopback((_, _) => Answer.Ok("[]") with { Hangs = TimeSpan.FromMinutes(1) });
        var (slow, _) = await ReadAsync(server.At("items"), Quick with { PageTimeout = TimeSpan.FromMilliseconds(80), MaxRetries = 1 });
        Assert.Contains("no answer within 0.08 s after 2 attempts", slow.Error, StringComparison.Ordinal);
        var (late, _) = await ReadAsync(server.At("items"), Quick with { TotalTimeout = TimeSpan.FromMilliseconds(100) });
        Assert.Contains("the read took longer than 00:00:00.1000000", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_server_and_redirects_are_not_followed()
    {
        await using var server = new Loopback((target, _) => target.StartsWith("/moved", StringComparison.Ordinal)
            ? new Answer(302, "") { Headers = ["Location: https://elsewhere.example/items?token=x"] }
            : Answer.Ok("{\"data\":{\"items\":[{\"id\":1}],\"next\":\"https://elsewhere.example/2\"}}"));
        var (away, _) = await ReadAsync(server.At("items"), Quick with { Paging = HttpPaging.NextUrl("data.next") });
        Assert.Contains("the next page is at another server, https://elsewhere.example", away.Error, StringComparison.Ordinal);
        var (moved, _) = await ReadAsync(server.At("moved"), Quick);
        Assert.Contains("answered 302 Found to https://elsewhere.example/items?token=***: redirects are not followed", moved.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_server_is_a_transient_fault_that_the_run_may_try_again()
    {
        var gone = new Uri("http://127.0.0.1:9/items");
        await using var lake = Lake(gone, Quick with { MaxRetries = 1 }, end => end.Retry(2, TimeSpan.FromMilliseconds(1)));
        var run = await lake.RunAsync("items", Cancel);
        Assert.Equal((RunState.Failed, 2, 1), (run.State, run.Attempt, run.Faults.Count));
        Assert.Contains("page 1 (http://127.0.0.1:9/items)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_of_time_join_without_gap_or_overlap()
    {
        var start = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var server = new Loopback((_, n) => Answer.Ok($"[{{\"id\":{n}}}]"));
        var state = new InMemoryState();
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("items", p => p.ReadHttpJson<Item>("items", server.At("items"), Quick with
            {
                RowsPath = "",
                Interval = new HttpInterval { SinceParameter = "from", UntilParameter = "to", Start = start, Lag = TimeSpan.FromMinutes(5) },
            }).Incremental().AppendTo(Layer.Bronze, "items")),
            state);
        state.Clock.SetUtcNow(start.AddHours(1));
        await lake.RunAsync("items", Cancel);
        Assert.False((await lake.RunAsync("items", Cancel)).Published);
        state.Clock.Advance(TimeSpan.FromMinutes(30));
        await lake.RunAsync("items", Cancel);
        Assert.Equal(
            ["/items?from=2015-01-01T00%3A00%3A00Z&to=2015-01-01T00%3A55%3A00Z", "/items?from=2015-01-01T00%3A55%3A00Z&to=2015-01-01T01%3A25%3A00Z"], server.Requests);
        Assert.Equal(2, (await lake.ReadAsync<Item>(Layer.Bronze, "items", Cancel)).Count);
    }

    [Fact]
    public async Task A_limit_stops_asking()
    {
        var number = 0;
        await using var server = new Loopback((_, _) => Answer.Ok($"{{\"data\":{{\"items\":[{{\"id\":{++number}}}]}}}}"));
        await using var lake = Lake(server.At("items"), Quick);
        var flow = Flow.From(new HttpJsonSource("items", server.At("items"), RowShape.SchemaOf<Item>(), Quick with { Paging = HttpPaging.Number("page") })).As<Item>();
        Assert.Equal([1L, 2, 3], (await lake.Reader.ToListAsync(flow.Take(3), Cancel)).Select(r => r.Id));
        Assert.InRange(server.Requests.Count, 3, 5);
    }

    [Fact]
    public void What_cannot_work_is_refused_while_describing()
    {
        var columns = RowShape.SchemaOf<Item>();
        Assert.Throws<ArgumentException>(() => new HttpJsonSource("x", new Uri("ftp://a/b"), columns));
        Assert.Throws<ArgumentException>(() => new HttpJsonSource("x", new Uri("http://user:pw@a/b"), columns));
        Assert.Throws<ArgumentException>(() => new HttpJsonSource("x", new Uri("http://a/b"), columns, new HttpJsonOptions { Paging = HttpPaging.Cursor("c", "next") }));
    }

    private static Answer Page(string kind, string target, Uri address)
    {
        var query = target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        var first = kind switch
        {
            "number" => (int.Parse(query["page"], CultureInfo.InvariantCulture) - 1) * 3,
            "offset" => int.Parse(query["skip"], CultureInfo.InvariantCulture),
            _ => query.TryGetValue("after", out var after) ? int.Parse(after, CultureInfo.InvariantCulture) : 0,
        };
        var ids = Enumerable.Range(first, 3).Where(i => i < 7).ToList();
        var next = first + 3 < 7 ? first + 3 : (int?)null;
        var items = string.Join(", ", ids.Select(i => $"{{\"id\": {i}}}"));
        return kind switch
        {
            "cursor" => Answer.Ok($"{{\"data\":{{\"next\":{next?.ToString(CultureInfo.InvariantCulture) ?? "null"},\"items\":[{items}]}}}}"),
            "next" => Answer.Ok($"{{\"data\":{{\"items\":[{items}],\"next\":{(next is null ? "null" : $"\"?fixed=a%20b&after={next}\"")}}}}}"),
            "link" => Answer.Ok($"{{\"data\":{{\"items\":[{items}]}}}}", next is null
                ? $"Link: <{address}first>; rel=\"first\""
                : $"Link: <{address}first>; rel=\"first\"; title=\"a, <b>\", </items?fixed=a%20b&after={next}>; REL=\"last next\""),
            _ => Answer.Ok($"{{\"data\":{{\"items\":[{items}]}}}}"),
        };
    }

    private static async Task<(RunRecord Run, IReadOnlyList<Item> Rows)> ReadAsync(Uri address, HttpJsonOptions options)
    {
        await using var lake = Lake(address, options);
        var run = await lake.RunAsync("items", Cancel);
        return (run, await lake.ReadAsync<Item>(Layer.Bronze, "items", Cancel));
    }

    private static InMemoryLakehouse Lake(Uri address, HttpJsonOptions options, Func<PipelineEnd<Item>, PipelineEnd>? end = null) => new(
        dex => dex.AddPipeline("items", p =>
        {
            var described = p.ReadHttpJson<Item>("items", address, options).AppendTo(Layer.Bronze, "items");
            return end?.Invoke(described) ?? described;
        }));

    public sealed record Aside(string Rule, string? File, long? Line);
}
