using System.Text.Json;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Finds the columns of a file of JSON lines from its first lines, and tells what decided.</summary>
public static class JsonSniffer
{
    /// <summary>The bytes looked at when nothing else is said.</summary>
    public const int SampleBytes = 1 << 20;

    /// <summary>Looks at the start of a file.</summary>
    /// <param name="stream">The file, at its start; stays open.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="options">How the bytes are read; its schema is not used. <value>Default: null, the defaults.</value></param>
    /// <param name="sampleBytes">How many bytes of text are looked at. <value>Default: 1 MiB.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SourceRefusedException">The file holds no object, or is broken.</exception>
    public static async Task<JsonSniffReport> SniffAsync(
        Stream stream, string name, JsonReadOptions? options = null, int sampleBytes = SampleBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleBytes);
        options ??= new JsonReadOptions();
        using var input = TextInput.Open(stream, name, options.Compression, options.Encoding, leaveOpen: true, isOneLine: options.IsDocument);
        var sample = await SniffSample.ReadAsync(input, sampleBytes, cancellationToken).ConfigureAwait(false);
        TextSurvey.Of(sample.Bytes, (byte)'"').Check(name, sample.Bytes, 1);
        var guess = new JsonGuess(options.NamedNumbers);
        long line = 0, objects = 0, bad = 0;
        for (ReadOnlyMemory<byte> rest = sample.Bytes; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            line++;
            if (text.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            if (TryAdd(guess, text, line, options))
                objects++;
            else
                bad++;
        }

        if (objects == 0)
            throw new SourceRefusedException(name, bad == 0 ? "it is empty" : $"none of its first {bad} lines is a JSON object");
        var found = options with { Schema = guess.Columns, AnyValueAsText = options.AnyValueAsText || guess.IsMixed };
        return new JsonSniffReport(name, objects, bad, sample.IsWhole, [.. guess.Describe("", objects)], found);
    }

    private static bool TryAdd(JsonGuess guess, ReadOnlyMemory<byte> text, long line, JsonReadOptions options)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = options.MaxDepth });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            guess.Add(json.RootElement, line);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return options.NamedNumbers && JsonNamedNumbers.Quoted(text.Span) is { Array: not null } quoted && TryAdd(guess, quoted, line, options with { NamedNumbers = false });
        }
    }
}
