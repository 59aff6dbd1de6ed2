using System.Text.Json;

namespace DataEngineX.AspNetCore.Tests;

public sealed class ModelsApiTests
{
    [Fact]
    public async Task ModelsShowVersionsAliasesMetricsAndCard()
    {
        await using var host = await new TestHost().StartAsync();

        var item = Assert.Single((await host.GetJsonAsync("/api/v1/models")).GetProperty("items").EnumerateArray());
        var model = await host.GetJsonAsync($"/api/v1/models/{FakeModels.Name}");

        Assert.Equal((FakeModels.Name, 2), (item.GetProperty("name").GetString(), item.GetProperty("champion").GetInt32()));
        var newest = model.GetProperty("versions")[0];
        Assert.Equal(2.1, newest.GetProperty("metrics").GetProperty("holdout.mae").GetDouble());
        Assert.Equal(JsonValueKind.Null, newest.GetProperty("metrics").GetProperty("broken").ValueKind);
        Assert.Equal(7, newest.GetProperty("card").GetProperty("seed").GetInt32());
        Assert.Equal("gold/daily_features", newest.GetProperty("trainedOn")[0].GetProperty("dataset").GetString());
    }

    [Fact]
    public async Task PerformanceShowsTheRunningErrorBesideTheBaselines()
    {
        await using var host = await new TestHost().StartAsync();

        var performance = await host.GetJsonAsync($"/api/v1/models/{FakeModels.Name}/performance");

        Assert.Equal(1.5, performance.GetProperty("meanAbsoluteError").GetDouble());
        Assert.Equal(2, performance.GetProperty("baselines").GetProperty("persistence").GetDouble());
        Assert.Equal("2015-01-05", performance.GetProperty("recent")[0].GetProperty("for").GetString());
    }

    [Fact]
    public async Task AHostWithoutModelsAnswersAllTheSame()
    {
        await using var host = await new TestHost { Models = null }.StartAsync();

        Assert.Empty((await host.GetJsonAsync("/api/v1/models")).GetProperty("items").EnumerateArray());
        await host.GetJsonAsync("/api/v1/models/x", HttpStatusCode.NotFound);
        await host.GetJsonAsync("/api/v1/models/x/performance", HttpStatusCode.NotFound);
        await host.GetJsonAsync("/v2/models/x", HttpStatusCode.NotFound);
        await host.PostJsonAsync("/v2/models/x/infer", "{}", HttpStatusCode.NotFound);
        using var page = await host.Client.GetAsync("/dex");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/models/..%2fregistry")]
    [InlineData("/api/v1/models/..%2fregistry/performance")]
    public async Task ABadModelNameIsRefused(string path)
    {
        await using var host = await new TestHost().StartAsync();

        await Problems.InvalidAsync(host, path, "name");
    }
}
