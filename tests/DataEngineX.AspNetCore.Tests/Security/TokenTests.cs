using System.Net.Http.Headers;

namespace DataEngineX.AspNetCore.Tests;

public sealed class TokenTests
{
    public static TheoryData<string, string> BadTokens => new()
    {
        { "unsigned", Tokens.Unsigned() },
        { "signed by another key", Tokens.Foreign() },
        { "public key used as secret", Tokens.Confused() },
        { "expired", Tokens.Create("operator", minutesFromNow: -2) },
        { "another issuer", Tokens.Create("operator", issuer: "https://other.example") },
        { "another audience", Tokens.Create("operator", audience: "other") },
        { "another type", Tokens.Create("operator", type: "secevent+jwt") },
        { "no token at all", "nonsense" },
        { "very long", new string('x', 10_000) },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task ABadTokenIsNobodys(string kind, string token)
    {
        await using var host = await new TestHost().Closed().StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var answer = await host.Client.GetAsync("/api/v1/runs");

        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, kind);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await TestHost.ReadJsonAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("urn:dataenginex:problem:unauthenticated", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task ATokenWithinTheClockSkewIsTaken()
    {
        await using var host = await new TestHost().Closed().Set("DataEngineX:Security:ClockSkew", "00:01:00").StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Create("viewer", minutesFromNow: 0));

        await host.GetJsonAsync("/api/v1/runs");
    }

    [Fact]
    public async Task BelowV2EvenARefusalHasTheFormOfOpenInference()
    {
        await using var host = await new TestHost().Closed().StartAsync();

        var error = await host.GetJsonAsync("/v2/models/next-day-high", HttpStatusCode.Unauthorized);

        Assert.Equal(["error"], error.EnumerateObject().Select(p => p.Name));
    }
}
