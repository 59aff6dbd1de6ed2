namespace DataEngineX.AspNetCore.Tests;

internal static class Problems
{
    public static async Task InvalidAsync(TestHost host, string path, string field)
    {
        using var answer = await host.Client.GetAsync(path);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await TestHost.ReadJsonAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(answer.Headers.GetValues("X-Request-ID").Single(), problem.GetProperty("requestId").GetString());
    }
}
