using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>What a caller is told about an exception; the rest goes to the log.</summary>
internal static class ExceptionProblems
{
    public static ApiProblem Of(Exception exception, ILogger log)
    {
        switch (exception)
        {
            case ApiException api:
                return api.Problem;
            case BadHttpRequestException bad:
                return ApiProblem.OfStatus(bad.StatusCode);
            case DataEngineXException { IsTransient: true }:
                Log.RequestFailedForNow(log, exception);
                return ApiProblem.Unavailable("A part this answer needs cannot be reached. Try again.");
            default:
                Log.RequestFailed(log, exception);
                return ApiProblem.Internal();
        }
    }
}
