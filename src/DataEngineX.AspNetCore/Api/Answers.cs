namespace DataEngineX.AspNetCore;

/// <summary>Answers in the face's own JSON, whatever the host does elsewhere.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value) => TypedResults.Json(value, ApiJson.Options);

    public static IResult Of<T>(int status, T value) => TypedResults.Json(value, ApiJson.Options, statusCode: status);
}
