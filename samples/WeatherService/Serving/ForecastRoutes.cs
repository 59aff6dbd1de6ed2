using DataEngineX.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WeatherService;

/// <summary>The service's own route beside those of the face.</summary>
public static class ForecastRoutes
{
    /// <summary>Maps <c>GET /api/v1/forecast</c> and <c>GET /api/v1/forecast/live</c>.</summary>
    /// <param name="routes">The host's routes.</param>
    public static void MapForecast(this IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet("/api/v1/forecast", AnswerAsync), "GetForecast",
            "Tomorrow's highest temperature of a city, with what simple guesses say. Tomorrow is the day after the newest observation; live is the real one, where a live source is on.");
        Describe(routes.MapGet("/api/v1/forecast/live", AnswerLiveAsync), "GetLiveForecast",
            "The real tomorrow's highest temperature of a city as the live source has it; 503 says why it cannot be told.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => route
        .RequireAuthorization(DataEngineXPolicies.Viewer)
        .WithName(name)
        .WithTags("weather")
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<LiveAnswer>, ProblemHttpResult>> AnswerLiveAsync(
        string? location, LiveForecastReader live, HttpResponse response, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(location))
            return NoLocation();
        if (await live.FindAsync(location.Trim(), cancellationToken) is not { } answer)
        {
            return Problem(StatusCodes.Status404NotFound, "not-found", "There is no such thing.", live.IsOn
                ? $"The live source is not asked about it; it is about {string.Join(", ", live.Places)}."
                : $"There is no live source; {LiveOptions.Section}:Source turns one on.", "location");
        }

        if (answer.IsCurrent)
            return TypedResults.Ok(answer);
        response.Headers.RetryAfter = "60";
        return Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available now.", answer.Reason!);
    }

    private static async Task<Results<Ok<ForecastAnswer>, ProblemHttpResult>> AnswerAsync(
        string? location, ForecastReader forecasts, LiveForecastReader live, HttpResponse response, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(location))
            return NoLocation();
        var book = await forecasts.ReadAsync(cancellationToken);
        if (book.Newest.Count == 0)
        {
            response.Headers.RetryAfter = "5";
            return Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available now.", "There is no forecast yet: the first model is being trained.");
        }

        if (!book.Newest.TryGetValue(location.Trim(), out var forecast))
        {
            var known = string.Join(", ", book.Newest.Keys.Order(StringComparer.Ordinal));
            return Problem(StatusCodes.Status404NotFound, "not-found", "There is no such thing.", $"There is no such location; there are {known}.", "location");
        }

        return TypedResults.Ok(new ForecastAnswer(
            forecast.Location,
            forecast.ForDate,
            Math.Round(forecast.TemperatureMaxC, 2),
            new ForecastModel(WeatherTrain.Model, forecast.ModelVersion),
            new ForecastBaselines(forecast.Persistence, forecast.Climatology is { } days ? Math.Round(days, 2) : null),
            new ForecastData("gold/daily_features", book.FeaturesVersion),
            await live.FindAsync(forecast.Location, cancellationToken)));
    }

    private static ProblemHttpResult NoLocation() =>
        Problem(StatusCodes.Status400BadRequest, "invalid-request", "The request is not valid.", "Name a location, as in ?location=Seattle.", "location");

    private static ProblemHttpResult Problem(int status, string kind, string title, string detail, string? field = null) => TypedResults.Problem(
        detail, statusCode: status, title: title, type: $"urn:dataenginex:problem:{kind}",
        extensions: field is null ? null : new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [field] = [detail] } });
}
