using DataEngineX.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WeatherService;

/// <summary>The service's own route beside those of the face.</summary>
public static class ForecastRoutes
{
    /// <summary>Maps <c>GET /api/v1/forecast</c>.</summary>
    /// <param name="routes">The host's routes.</param>
    public static RouteHandlerBuilder MapForecast(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/forecast", AnswerAsync)
        .RequireAuthorization(DataEngineXPolicies.Viewer)
        .WithName("GetForecast")
        .WithTags("weather")
        .WithSummary("Tomorrow's highest temperature of a city, with what simple guesses say. Tomorrow is the day after the newest observation.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<ForecastAnswer>, ProblemHttpResult>> AnswerAsync(
        string? location, ForecastReader forecasts, HttpResponse response, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(location))
            return Problem(StatusCodes.Status400BadRequest, "invalid-request", "The request is not valid.", "Name a location, as in ?location=Seattle.", "location");
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
            new ForecastData("gold/daily_features", book.FeaturesVersion)));
    }

    private static ProblemHttpResult Problem(int status, string kind, string title, string detail, string? field = null) => TypedResults.Problem(
        detail, statusCode: status, title: title, type: $"urn:dataenginex:problem:{kind}",
        extensions: field is null ? null : new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [field] = [detail] } });
}
