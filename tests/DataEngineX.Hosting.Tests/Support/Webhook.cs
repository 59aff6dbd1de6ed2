using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Hosting.Tests.Support;

/// <summary>A receiver of alerts on the loopback.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public Webhook()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook?key=secret");

    public ConcurrentQueue<JsonElement> Received { get; } = new();

    /// <summary>The status line to answer with.</summary>
    public string Answer { get; set; } = "200 OK";

    public string Kinds => string.Join(' ', Received.Select(r => r.GetProperty("kind").GetString()));

    public async ValueTask DisposeAsync()
    {
        // The listener outlives the loop: accepting on a stopped one is a fault of its own kind.
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        await Task.WhenAll(clients);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await HandleAsync(client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over, or the sender has gone: it may open connections it does not use.
            }
        }
    }

    private async Task HandleAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        int end;
        while ((end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
            text.Append(Encoding.UTF8.GetString(buffer, 0, await ReadAsync(stream, buffer)));
        var head = text.ToString()[..end];
        var chunked = head.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        while (chunked && !text.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            text.Append(Encoding.UTF8.GetString(buffer, 0, await ReadAsync(stream, buffer)));
        var body = text.ToString()[(end + 4)..];
        if (chunked)
            body = string.Concat(body.Split("\r\n").Where((_, i) => i % 2 == 1));
        if (Answer.StartsWith('2'))
            Received.Enqueue(JsonDocument.Parse(body).RootElement);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    private async Task<int> ReadAsync(NetworkStream stream, byte[] buffer) =>
        await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read ? read : throw new IOException("The sender has gone.");
}
