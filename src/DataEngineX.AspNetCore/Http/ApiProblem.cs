namespace DataEngineX.AspNetCore;

/// <summary>Why a request is not answered as asked.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Kind">A word from a closed list, the end of the problem's type.</param>
/// <param name="Title">What kind of problem it is, the same for all of its kind.</param>
/// <param name="Detail">What is wrong and what to do.</param>
/// <param name="Field">The field of the request concerned, when there is one.</param>
internal sealed record ApiProblem(int Status, string Kind, string Title, string Detail, string? Field = null)
{
    public string Type => $"urn:dataenginex:problem:{Kind}";

    public static ApiProblem Invalid(string field, string detail) =>
        new(StatusCodes.Status400BadRequest, "invalid-request", "The request is not valid.", detail, field);

    public static ApiProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, "not-found", "There is no such thing.", detail);

    public static ApiProblem Forbidden(string detail) => new(StatusCodes.Status403Forbidden, "forbidden", "This is not yours to ask.", detail);

    public static ApiProblem Conflict(string detail) => new(StatusCodes.Status409Conflict, "conflict", "Things stand otherwise.", detail);

    public static ApiProblem Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available now.", detail);

    public static ApiProblem Internal() => new(
        StatusCodes.Status500InternalServerError, "internal", "Something went wrong.", "The log holds the cause under the request id.");

    /// <summary>The problem that a bare status stands for.</summary>
    public static ApiProblem OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "invalid-request", "The request is not valid.", "The request could not be read."),
        StatusCodes.Status401Unauthorized => new(status, "unauthenticated", "Who is asking?", "Send a valid bearer token."),
        StatusCodes.Status403Forbidden => Forbidden("The token does not carry the role this route asks for."),
        StatusCodes.Status404NotFound => NotFound("There is no such route."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method", "Not by this method.", "The route exists, but not for this method."),
        StatusCodes.Status413PayloadTooLarge => new(status, "too-large", "The body is too large.", "Send less at once."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "media-type", "Not in this form.", "Send the body as application/json."),
        >= StatusCodes.Status500InternalServerError => Internal() with { Status = status },
        _ => new(status, "refused", "The request was refused.", "The request was refused."),
    };
}
