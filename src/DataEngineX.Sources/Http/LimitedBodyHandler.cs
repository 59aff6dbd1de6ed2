using System.Buffers;

namespace DataEngineX.Sources;

/// <summary>Reads the body as part of the attempt, so that one which breaks off is asked for again, and refuses one that is too large.</summary>
internal sealed class LimitedBodyHandler(int maxBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var body = response.IsSuccessStatusCode ? await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false) : [];
            var whole = new ByteArrayContent(body);
            foreach (var (name, values) in response.Content.Headers)
                whole.Headers.TryAddWithoutValidation(name, values);
            response.Content.Dispose();
            response.Content = whole;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
            throw new BodyTooLargeException(maxBytes);
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var open = stream.ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                if (body.Length + read > maxBytes)
                    throw new BodyTooLargeException(maxBytes);
                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }
}
