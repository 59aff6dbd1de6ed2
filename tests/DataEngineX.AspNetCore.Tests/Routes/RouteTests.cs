using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;

namespace DataEngineX.AspNetCore.Tests;

public sealed class RouteTests
{
    [Fact]
    public async Task TheListNamesEveryRouteMapped()
    {
        await using var host = await new TestHost().StartAsync();

        Assert.Equal(
            RouteTable.All.Select(r => r.Route).Order(StringComparer.Ordinal),
            Mapped(host.App).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OpenApiDescribesEveryRouteThatIsNotAPageOrADocument()
    {
        await using var host = await new TestHost().StartAsync();
        var document = await host.GetJsonAsync("/openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"));
        Assert.Equal(
            RouteTable.All.Where(r => r.Described).Select(r => r.Route).Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OpenApiNamesTheTokenOnEveryRouteButTheProbesAndATypeForEveryAnswer()
    {
        await using var host = await new TestHost().StartAsync();
        var document = await host.GetJsonAsync("/openapi/v1.json");

        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
        foreach (var (route, role, _, _) in RouteTable.All.Where(r => r.Described))
        {
            var parts = route.Split(' ');
            var operation = document.GetProperty("paths").GetProperty(parts[1]).GetProperty(parts[0].ToLowerInvariant());
            Assert.Equal(role != Role.Anonymous, operation.TryGetProperty("security", out _));
            var success = operation.GetProperty("responses").EnumerateObject().First(r => r.Name.StartsWith('2'));
            var content = success.Value.GetProperty("content").EnumerateObject().First();
            Assert.Equal(route.EndsWith("/report", StringComparison.Ordinal) ? "text/html" : "application/json", content.Name);
            Assert.True(content.Value.TryGetProperty("schema", out _), route);
        }
    }

    [Fact]
    public async Task EveryRouteAnswersToItsRoleAndToNoLesserOne()
    {
        await using var host = await new TestHost().Closed().StartAsync();
        host.AddObservations();
        host.Placement.Gate.SetResult();

        foreach (var (route, role, path, _) in RouteTable.All)
        {
            var method = new HttpMethod(route.Split(' ')[0]);
            Expect(route, "nobody", role == Role.Anonymous, await CallAsync(host.Client, method, path, null), HttpStatusCode.Unauthorized);
            Expect(route, "a token without role", role == Role.Anonymous, await CallAsync(host.Client, method, path, Tokens.Create(null)), HttpStatusCode.Forbidden);
            Expect(route, "a viewer", role <= Role.Viewer, await CallAsync(host.Client, method, path, Tokens.Viewer), HttpStatusCode.Forbidden);
            Expect(route, "an operator", true, await CallAsync(host.Client, method, path, Tokens.Operator), HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task ARouteOfTheHostThatNamesNoPolicyIsTheViewers()
    {
        await using var host = await new TestHost { ConfigureApp = app => app.MapGet("/api/v1/forecast", () => "mild") }.Closed().StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host.Client, HttpMethod.Get, "/api/v1/forecast", null));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(host.Client, HttpMethod.Get, "/api/v1/forecast", Tokens.Viewer));
    }

    [Fact]
    public void MappingWithoutTheServicesSaysWhatToCall()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapDataEngineX());

        Assert.Contains("UseAspNetCore", error.Message, StringComparison.Ordinal);
    }

    private static void Expect(string route, string caller, bool allowed, HttpStatusCode status, HttpStatusCode refusal)
    {
        if (allowed)
            Assert.False(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError, $"{route} answered {status} to {caller}.");
        else
            Assert.True(status == refusal, $"{route} answered {status} to {caller}.");
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient client, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static IEnumerable<string> Mapped(WebApplication app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"));
}
