using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>Turns what is thrown, and answers without a body, into problems.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return;
            }

            context.Response.Clear();
            RequestIdMiddleware.Echo(context);
            await ProblemWriter.WriteAsync(context, ExceptionProblems.Of(e, log)).ConfigureAwait(false);
            return;
        }

        if (IsBare(context.Response))
            await ProblemWriter.WriteAsync(context, ApiProblem.OfStatus(context.Response.StatusCode)).ConfigureAwait(false);
    }

    private static bool IsBare(HttpResponse response) => !response.HasStarted
        && response.StatusCode is >= StatusCodes.Status400BadRequest and not StatusCodes.Status499ClientClosedRequest
        && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType);
}
