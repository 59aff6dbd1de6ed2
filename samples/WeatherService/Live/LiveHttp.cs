using System.Globalization;
using DataEngineX.Sources;

namespace WeatherService;

/// <summary>How live sources are asked: few attempts, for an hour later there is another run.</summary>
internal static class LiveHttp
{
    /// <summary>The options of a request.</summary>
    /// <param name="live">Key and patience.</param>
    /// <param name="keyParameter">The query parameter that takes the key. It joins the request as it leaves, so that no message, plan or log ever has it.</param>
    internal static HttpJsonOptions Options(LiveOptions live, string keyParameter) => new()
    {
        MaxRetries = 3,
        RetryDelay = live.RetryDelay,
        MaxRetryAfter = TimeSpan.FromMinutes(1),
        PageTimeout = live.Timeout,
        TotalTimeout = TimeSpan.FromMinutes(5),
        MaxPageBytes = 1 << 20,
        Prepare = live.Key is not { } key ? null : (request, _, _) =>
        {
            // A further attempt sends the same request again, whose address has the key already.
            var address = request.RequestUri!;
            if (!address.Query.Contains($"{keyParameter}=", StringComparison.Ordinal))
                request.RequestUri = new Uri($"{address}{(address.Query.Length == 0 ? '?' : '&')}{keyParameter}={Uri.EscapeDataString(key)}");
            return ValueTask.CompletedTask;
        },
    };

    /// <summary>An address below the source's.</summary>
    internal static Uri At(LiveOptions live, FormattableString path) =>
        new($"{live.Address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path.ToString(CultureInfo.InvariantCulture)}");
}
