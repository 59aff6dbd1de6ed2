using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Polly.Timeout;

namespace DataEngineX.Sources;

/// <summary>Walks through the pages of one read. Every fault names page, address and what was read before it.</summary>
internal sealed class HttpPages(DatasetId dataset, Uri first, HttpJsonOptions options, HttpSender sender)
{
    private readonly JsonPage _page = new(options.RowsPath, options.Paging.BodyPath, options.Json.MaxDepth);
    private readonly Dictionary<Uri, int> _seen = [];
    private byte[] _lastRows = [];
    private long _rows;

    /// <summary>The pages; the rows of a page stand in <see cref="Lines"/> until the next is asked for.</summary>
    internal async IAsyncEnumerable<HttpPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var address = options.Paging.First(first);
        for (var number = 1; ; number++)
        {
            if (number > options.MaxPages)
                throw Fault(number, address, $"there are more than {options.MaxPages} pages, the most of one read", isTransient: false);
            if (!_seen.TryAdd(address, number))
                throw Fault(number, address, $"it is page {_seen[address]} again: the pages go round in a circle", isTransient: false);
            var links = await LoadAsync(number, address, body => _page.Read(body), cancellationToken).ConfigureAwait(false);
            CheckProgress(number, address);
            var page = new HttpPage(number, address, _page.Rows, _rows, _page.Next, links);
            yield return page;
            _rows += page.Rows;
            if (NextOf(page) is not { } next)
                yield break;
            address = next;
        }
    }

    internal ReadOnlyMemory<byte> Lines => _page.Lines;

    /// <summary>The first page as it is.</summary>
    internal async ValueTask<byte[]> BodyAsync(CancellationToken cancellationToken)
    {
        byte[] body = [];
        await LoadAsync(1, first, bytes => body = bytes, cancellationToken).ConfigureAwait(false);
        return body;
    }

    private async ValueTask<IReadOnlyList<string>> LoadAsync(int number, Uri address, Action<byte[]> take, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await sender.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw Refused(number, address, response);
            take(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return response.Headers.TryGetValues("Link", out var links) ? [.. links] : [];
        }
        catch (TimeoutRejectedException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault(number, address, $"no answer within {options.PageTimeout.TotalSeconds:0.###} s{Tries}", isTransient: true, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Fault(number, address, $"{e.Message}{Tries}", isTransient: true, e);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Fault(number, address, $"the body cannot be read: {e.Message}", isTransient: false, e);
        }
        catch (BodyTooLargeException e)
        {
            throw Fault(number, address, e.Message, isTransient: false);
        }
    }

    private SourceFailedException Refused(int number, Uri address, HttpResponseMessage response)
    {
        var status = $"answered {(int)response.StatusCode} {(HttpStatusCode)(int)response.StatusCode}";
        if (response.Headers.Location is { } location)
            return Fault(number, address, $"{status} to {QueryText.Shown(new Uri(address, location))}: redirects are not followed, give that address", isTransient: false);
        var wait = RetryAfter.Of(response, TimeProvider.System) is { } after && after > options.MaxRetryAfter
            ? $" and asks to wait {after.TotalSeconds:0} s, longer than MaxRetryAfter" : "";
        return Fault(number, address, $"{status}{wait}{Tries}", HttpSender.IsTransient(response.StatusCode));
    }

    /// <summary>A counting server that does not know its parameter sends the same page for ever.</summary>
    private void CheckProgress(int number, Uri address)
    {
        if (!options.Paging.Counts || _page.Rows == 0)
            return;
        var rows = SHA256.HashData(_page.Lines.Span);
        if (rows.AsSpan().SequenceEqual(_lastRows))
            throw Fault(number, address, "it has the rows of the page before: the server does not seem to know the paging parameter", isTransient: false);
        _lastRows = rows;
    }

    private Uri? NextOf(HttpPage page)
    {
        Uri? next;
        try
        {
            next = options.Paging.Next(first, page);
        }
        catch (UriFormatException e)
        {
            throw Fault(page.Number, page.Address, $"the address of the next page cannot be read: {e.Message}", isTransient: false, e);
        }

        if (next is not null && Uri.Compare(next, first, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw Fault(page.Number, page.Address, $"the next page is at another server, {next.Scheme}://{next.Authority}, to which headers and keys are not sent", isTransient: false);
        return next;
    }

    private string Tries => sender.Attempts > 1 ? $" after {sender.Attempts} attempts" : "";

    private SourceFailedException Fault(int number, Uri address, string what, bool isTransient, Exception? inner = null) => new(
        dataset.ToString(), $"page {number} ({QueryText.Shown(address)}): {what}; {_rows} rows of {number - 1} pages were read before it.", isTransient, inner);
}
