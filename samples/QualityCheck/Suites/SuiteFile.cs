using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataEngineX.Quality;
using QualityCheck.Commands;

namespace QualityCheck.Suites;

/// <summary>Reads suites from files, in either form.</summary>
internal static class SuiteFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UsageException">It cannot be read, or is no suite; the message says where it is wrong.</exception>
    public static async Task<Suite> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var json = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
            return GreatExpectationsSuites.IsOne(json) ? GreatExpectationsSuites.Read(json, new GreatExpectationsOptions { AllowEmpty = true }) : SuiteJson.Read(Suggested(path, json));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the suite '{path}' cannot be read: {e.Message}");
        }
        catch (SuiteFormatException e)
        {
            throw new UsageException($"the suite '{path}' is wrong: {e.Message}");
        }
    }

    /// <summary>The suite in what <c>profile --suggest --format json</c> wrote; any other text as it is.</summary>
    private static string Suggested(string path, string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject root && root.ContainsKey("suggestions") && root.ContainsKey("profile")
                ? root["suite"]?.ToJsonString() ?? throw new UsageException($"'{path}' is a profile without a suite: {(string?)root["reason"] ?? "no rule is suggested"}")
                : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
