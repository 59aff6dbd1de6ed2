namespace DataEngineX.AspNetCore;

/// <summary>Ends a request with a problem.</summary>
internal sealed class ApiException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;

    public static ApiException Invalid(string field, string detail) => new(ApiProblem.Invalid(field, detail));

    public static ApiException NotFound(string detail) => new(ApiProblem.NotFound(detail));
}
