using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>A host on a free loopback port, with Kestrel and everything before the routes as in real life, over contracts in memory.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public static DateTimeOffset Now { get; } = new(2015, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);

    public TestHost()
    {
        Clock = new FakeTimeProvider(Now);
        Metadata = new InMemoryMetadataStore(Clock);
        Placement = new FakePlacement(Metadata, Clock);
    }

    public FakeTimeProvider Clock { get; }

    public FakeTables Tables { get; } = new();

    public InMemoryMetadataStore Metadata { get; }

    public FakePlacement Placement { get; }

    public FakeModels? Models { get; set; } = new();

    public string Environment { get; set; } = Environments.Development;

    public string Urls { get; set; } = "http://127.0.0.1:0";

    public string? PathBase { get; set; }

    public Action<WebApplicationBuilder>? ConfigureBuilder { get; set; }

    public Action<IDataEngineXBuilder> ConfigureDataEngineX { get; set; } = static _ => { };

    public Action<WebApplication>? ConfigureApp { get; set; }

    public HealthStatus Readiness { get; set; } = HealthStatus.Healthy;

    public WebApplication App { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Closes the host: outside Development, with keys of the test's own.</summary>
    public TestHost Closed()
    {
        Environment = Environments.Production;
        foreach (var (key, value) in Tokens.Configuration)
            Set(key, value);
        return this;
    }

    public TestHost Set(string key, string? value)
    {
        _settings[key] = value;
        return this;
    }

    public WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environment, ApplicationName = "weather" });
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.UseUrls(Urls);
        builder.Logging.ClearProviders();
        var services = builder.Services;
        ConfigureBuilder?.Invoke(builder);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IMetadataStore>(Metadata);
        services.AddSingleton<ITableCatalog>(Tables);
        services.AddSingleton<IRunPlacement>(Placement);
        services.AddSingleton<IObjectStore>(new InMemoryObjectStore());
        if (Models is { } models)
            services.AddSingleton<IModelRegistry>(models).AddSingleton<IScorerProvider>(models).AddSingleton<IModelPerformance>(models);
        services.AddHealthChecks()
            .AddCheck("neighbour", () => new HealthCheckResult(Readiness, "hidden detail"), ["ready"]);
        services.AddDataEngineX(dex => ConfigureDataEngineX(dex
            .UseAspNetCore()
            .Schedule("weather.silver", "5 * * * *")
            .AddPipeline("weather.silver", p => p.ReadTable(Layer.Bronze, "observations").AppendTo(Layer.Silver, "observations").Unkeyed("a test").FreshWithin("date", TimeSpan.FromDays(2)))
            .AddPipeline("weather.bronze", p => p.ReadTable(Layer.Raw, "weather").AppendTo(Layer.Bronze, "observations"))));
        App = builder.Build();
        if (PathBase is not null)
            App.UsePathBase(PathBase).UseRouting().UseAuthentication().UseAuthorization();
        App.MapDataEngineX();
        App.MapDataEngineXDashboard();
        ConfigureApp?.Invoke(App);
        return App;
    }

    public async Task<TestHost> StartAsync()
    {
        await Build().StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(App.Urls.First()) };
        return this;
    }

    /// <summary>A table of observations with one commit for each day.</summary>
    public FakeTable AddObservations(int days = 3) => Tables.Add(DatasetId.Table(Layer.Silver, "observations"), [.. Enumerable.Range(1, days).Select(Day)]);

    public async Task<JsonElement> GetJsonAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(path);
        return await ReadJsonAsync(answer, expected);
    }

    public async Task<JsonElement> PostJsonAsync(string path, string body, HttpStatusCode expected = HttpStatusCode.OK, bool ask = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = ask;
        using var answer = await Client.SendAsync(request);
        return await ReadJsonAsync(answer, expected);
    }

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} where {(int)expected} was expected: {text}");
        return JsonElement.Parse(text);
    }

    public async ValueTask DisposeAsync()
    {
        Placement.Gate.TrySetResult();
        Client?.Dispose();
        if (App is not null)
            await App.DisposeAsync();
    }

    private static RecordBatch Day(int day)
    {
        var schema = new Schema([new Field("location", StringType.Default, false), new Field("date", Date32Type.Default, false), new Field("high", DoubleType.Default, true)], null);
        return new RecordBatch(
            schema,
            [
                new StringArray.Builder().Append("Seattle").Append("New York").Build(),
                new Date32Array.Builder().Append(new DateOnly(2015, 1, day)).Append(new DateOnly(2015, 1, day)).Build(),
                new DoubleArray.Builder().Append(day + 0.5).AppendNull().Build(),
            ],
            2);
    }
}
