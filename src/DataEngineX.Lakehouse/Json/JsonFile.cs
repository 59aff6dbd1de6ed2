using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Opens files of JSON lines.</summary>
internal static class JsonFile
{
    /// <summary>Opens a file; the stream is disposed with it, also when opening fails.</summary>
    internal static Task<TextFile> OpenAsync(Stream stream, string name, Schema schema, JsonReadOptions options, CancellationToken cancellationToken)
    {
        var input = TextInput.Open(stream, name, options.Compression, options.Encoding, isOneLine: options.IsDocument);
        return TextFile.OpenAsync(
            input,
            options.Lines,
            chunker =>
            {
                CheckEnd(name, chunker.OpenEnd.Text, chunker.OpenEnd.Line, options);
                return output => new JsonChunkReader(name, schema, options, output);
            },
            cancellationToken);
    }

    private static void CheckEnd(string name, ReadOnlySpan<byte> last, long line, JsonReadOptions options)
    {
        if (last.Trim(" \t\r\n"u8).IsEmpty)
            return;
        try
        {
            var reader = new Utf8JsonReader(last, new JsonReaderOptions { MaxDepth = options.MaxDepth });
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            throw new SourceRefusedException(name, "the last line ends without a line end and is not whole, so the file is cut off", line);
        }
    }
}
