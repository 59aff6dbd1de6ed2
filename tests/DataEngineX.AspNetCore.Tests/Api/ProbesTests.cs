using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.AspNetCore.Tests;

public sealed class ProbesTests
{
    [Fact]
    public async Task AnUnhealthyDependencyFailsReadinessButNotLiveness()
    {
        await using var host = await new TestHost { Readiness = HealthStatus.Unhealthy }.Closed().StartAsync();

        var ready = await host.GetJsonAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        var live = await host.GetJsonAsync("/health/live");

        Assert.Equal("unhealthy", ready.GetProperty("status").GetString());
        Assert.Equal("unhealthy", ready.GetProperty("checks").GetProperty("neighbour").GetString());
        Assert.DoesNotContain("hidden", ready.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("healthy", live.GetProperty("status").GetString());
        Assert.False(live.GetProperty("checks").TryGetProperty("neighbour", out _));
    }

    [Fact]
    public async Task ADegradedHostStaysReady()
    {
        await using var host = await new TestHost { Readiness = HealthStatus.Degraded }.StartAsync();

        Assert.Equal("degraded", (await host.GetJsonAsync("/health/ready")).GetProperty("status").GetString());
        Assert.True((await host.GetJsonAsync("/v2/health/ready")).GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task MetricsAreInPrometheusForm()
    {
        await using var host = await new TestHost().StartAsync();
        await host.GetJsonAsync("/api/v1/runs");

        var text = await host.Client.GetStringAsync("/metrics");

        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
    }
}
