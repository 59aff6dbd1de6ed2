using DataEngineX.Quality;
using QualityCheck.Commands;

namespace QualityCheck.Output;

/// <summary>The rules that a profile suggests.</summary>
internal static class SuggestionOutput
{
    /// <summary>For people: each rule with its reason and evidence, then all of them as C#.</summary>
    /// <param name="profile">The profile.</param>
    public static string Text(Profile profile)
    {
        var suggestions = RuleSuggestions.From(profile);
        return suggestions.All.Count == 0
            ? $"No rule is suggested: a suggestion needs at least {new SuggestionOptions().MinRows} rows."
            : $"Suggested rules\n{suggestions}\n\nAs C#\n{suggestions.ToCSharp()}";
    }

    /// <summary>A suite, ready to be checked with.</summary>
    /// <param name="profile">The profile.</param>
    /// <exception cref="UsageException">No rule is suggested, and a suite without rules would let everything pass.</exception>
    public static string Json(Profile profile) => RuleSuggestions.From(profile).ToSuite() is { } suite
        ? SuiteJson.Write(suite)
        : throw new UsageException($"no rule is suggested: a suggestion needs at least {new SuggestionOptions().MinRows} rows");
}
