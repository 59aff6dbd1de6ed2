using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace DataEngineX.Integration.Tests;

/// <summary>The weather service as a process on the loopback, with a state folder of the test's.</summary>
internal sealed class WeatherHost : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private WeatherHost(ChildProcess process, string state, string address)
    {
        _process = process;
        Inbox = Path.Combine(state, "inbox");
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public string Inbox { get; }

    public string Text => _process.Text;

    public static async Task<WeatherHost> StartAsync(string state, params string[] arguments)
    {
        var host = Begin(state, arguments);
        await host.UntilAsync("it is ready", async () => (await host.StatusAsync("/health/ready")) == HttpStatusCode.OK, TimeSpan.FromSeconds(120));
        return host;
    }

    /// <summary>Starts it and waits for nothing: a service is ready once it has its first model.</summary>
    public static WeatherHost Begin(string state, params string[] arguments)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var process = ChildProcess.Start(
            "WeatherService.dll", ["--urls", address, .. arguments], ("ASPNETCORE_ENVIRONMENT", "Development"), ("DataEngineX__Lakehouse", state));
        return new WeatherHost(process, state, address);
    }

    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task<IReadOnlyList<JsonNode>> RunsAsync() => [.. (await GetAsync("/api/v1/runs?limit=500"))["items"]!.AsArray().Select(r => r!)];

    /// <summary>Drops a file as a user's script would: whole, by a rename.</summary>
    public void Drop(string name, byte[] content)
    {
        var begun = Path.Combine(Inbox, $".{name}.part");
        File.WriteAllBytes(begun, content);
        File.Move(begun, Path.Combine(Inbox, name));
    }

    public void Drop(string name, string content) => Drop(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Waits for something that the service will do by itself; how long it takes is no part of the test.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var timeout = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            if (timeout.IsCancellationRequested || _process.HasExited)
                throw new TimeoutException($"Waited in vain until {what}. The service said:\n{Text}");
            await Task.Delay(100);
        }
    }

    public Task UntilIdleAsync() => UntilAsync("no run is at work", async () => (await RunsAsync()).All(r => (string?)r["state"] != "running"));

    public Task<int> StopAsync() => _process.StopAsync();

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
