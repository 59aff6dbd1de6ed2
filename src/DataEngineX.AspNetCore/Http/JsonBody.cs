using System.Text.Json;
using System.Text.Unicode;

namespace DataEngineX.AspNetCore;

/// <summary>Reads bodies within limits, so that no request can make the host hold more than it should.</summary>
internal static class JsonBody
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > maxBytes)
                throw TooLarge(maxBytes);
            buffer.Write(chunk, 0, read);
        }

        if (buffer.Length > 0 && !request.HasJsonContentType())
            throw new ApiException(ApiProblem.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            throw ApiException.Invalid("body", "The body is not valid UTF-8.");
        try
        {
            return JsonDocument.Parse(body, ApiJson.Documents);
        }
        catch (JsonException e)
        {
            throw ApiException.Invalid("body", $"The body is not the JSON asked for (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}): "
                + "check its form, that no name stands twice, and that it nests at most 32 deep.");
        }
    }

    private static ApiException TooLarge(int maxBytes) =>
        new(ApiProblem.OfStatus(StatusCodes.Status413PayloadTooLarge) with { Detail = $"The body may have at most {maxBytes} bytes." });
}
