using Microsoft.AspNetCore.Hosting;

namespace DataEngineX.AspNetCore.Tests;

public sealed class LocalOnlyTests
{
    [Fact]
    public async Task WithoutSecurityInDevelopmentThisMachineMayReadAndRun()
    {
        await using var host = await new TestHost().StartAsync();

        await host.GetJsonAsync("/api/v1/runs");
        await host.PostJsonAsync("/api/v1/pipelines/weather.silver/runs", "{}", HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("weather.example")]
    [InlineData("192.0.2.7")]
    [InlineData("localhost.example")]
    public async Task AnotherHostNameIsTurnedAway(string name)
    {
        await using var host = await new TestHost().StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dex");
        request.Headers.Host = name;

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task AnotherMachineIsTurnedAway()
    {
        await using var host = await new TestHost
        {
            ConfigureBuilder = builder => builder.Services.AddTransient<IStartupFilter, FromAfar>(),
        }.StartAsync();

        foreach (var path in new[] { "/dex", "/api/v1/runs", "/metrics", "/health/live" })
        {
            using var answer = await host.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Accepted)]
    public async Task PagesOfOtherHostsStartNothing(string? origin, HttpStatusCode expected)
    {
        await using var host = await new TestHost().StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/pipelines/weather.silver/runs");
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Forbidden)
            Assert.Empty(host.Placement.Orders);
    }

    [Fact]
    public async Task ConfiguredSecurityHoldsInDevelopmentToo()
    {
        await using var host = new TestHost().Closed();
        host.Environment = "Development";
        await host.StartAsync();

        await host.GetJsonAsync("/api/v1/runs", HttpStatusCode.Unauthorized);
    }

    private sealed class FromAfar : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
                return following(context);
            });
            next(app);
        };
    }
}
