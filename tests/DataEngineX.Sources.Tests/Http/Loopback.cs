using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DataEngineX.Sources.Tests.Http;

/// <summary>A server on the loopback that answers as a test says, faults included.</summary>
public sealed class Loopback : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, int, Answer> _answer;
    private readonly Task _serving;
    private readonly Lock _lock = new();
    private readonly List<string> _requests = [];
    private readonly List<string> _heads = [];

    /// <summary>Starts it.</summary>
    /// <param name="answer">Gets path and query, and how many requests came before.</param>
    public Loopback(Func<string, int, Answer> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public IReadOnlyList<string> Heads
    {
        get
        {
            lock (_lock)
                return [.. _heads];
        }
    }

    public Uri At(string path) => new(Address, path);

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
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var head = await HeadAsync(stream);
                var target = head.Split(' ')[1];
                int before;
                lock (_lock)
                {
                    before = _requests.Count;
                    _requests.Add(target);
                    _heads.Add(head);
                }

                var answer = _answer(target, before);
                if (answer.Hangs > TimeSpan.Zero)
                    await Task.Delay(answer.Hangs, _stop.Token);
                await stream.WriteAsync(answer.Bytes(), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }
}
