using System.Text;

namespace DataEngineX.Sources.Tests.Http;

/// <summary>What the loopback server answers.</summary>
public sealed record Answer(int Status, string Body)
{
    public string[] Headers { get; init; } = [];

    /// <summary>Promises more bytes than it sends, then closes.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>Sends nothing for so long.</summary>
    public TimeSpan Hangs { get; init; }

    public static Answer Ok(string body, params string[] headers) => new(200, body) { Headers = headers };

    public byte[] Bytes()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var head = $"HTTP/1.1 {Status} X\r\nContent-Type: application/json\r\nContent-Length: {body.Length + (BreaksOff ? 100 : 0)}\r\nConnection: close\r\n"
            + string.Concat(Headers.Select(h => h + "\r\n")) + "\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
