namespace DataEngineX.AspNetCore.Tests;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task WhatFailsInsideTellsNoInternals(string environment)
    {
        await using var host = new TestHost().Closed();
        host.Environment = environment;
        await host.StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Viewer);
        host.AddObservations().Failure = new InvalidOperationException("secret path /srv");

        var problem = await host.GetJsonAsync("/api/v1/datasets/silver/observations", HttpStatusCode.InternalServerError);

        Assert.Equal("urn:dataenginex:problem:internal", problem.GetProperty("type").GetString());
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTransientMayBeTriedAgain()
    {
        await using var host = await new TestHost().StartAsync();
        host.AddObservations().Failure = new Busy();

        using var answer = await host.Client.GetAsync("/api/v1/datasets/silver/observations");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task WhatTheHostItselfThrowsIsAProblemToo()
    {
        await using var host = new TestHost { ConfigureApp = app => app.MapGet("/own", string () => throw new InvalidOperationException("secret")) }.Closed();
        await host.StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Viewer);

        var problem = await host.GetJsonAsync("/own", HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/runs", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/dex", HttpStatusCode.MethodNotAllowed)]
    public async Task ARouteThatIsNotThereIsAProblem(string method, string path, HttpStatusCode expected)
    {
        await using var host = await new TestHost().StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Client.SendAsync(request);

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        await TestHost.ReadJsonAsync(answer, expected);
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    public async Task ASoundRequestIdIsEchoedAndAnyOtherReplaced(string given, bool echoed)
    {
        await using var host = await new TestHost().StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs");
        request.Headers.TryAddWithoutValidation("X-Request-ID", given);

        using var answer = await host.Client.SendAsync(request);

        var id = Assert.Single(answer.Headers.GetValues("X-Request-ID"));
        Assert.Equal(echoed, id == given);
        Assert.Matches("^[A-Za-z0-9._:-]+$", id);
    }

    [Fact]
    public async Task TheTraceOfTheCallerNamesTheRequest()
    {
        await using var host = await new TestHost().StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(answer.Headers.GetValues("X-Request-ID")));
    }

    private sealed class Busy : DataEngineXException
    {
        public override bool IsTransient => true;
    }
}
