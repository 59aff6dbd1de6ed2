using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataEngineX.Quality;

namespace QualityCheck.Output;

/// <summary>A profile with the rules that it suggests.</summary>
internal static class SuggestionOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people: the profile, each rule with its reason and evidence, then all of them as C#.</summary>
    /// <param name="profile">The profile.</param>
    public static string Text(Profile profile)
    {
        var suggestions = RuleSuggestions.From(profile);
        return suggestions.All.Count == 0
            ? $"{profile}\nNo rule is suggested: {WhyNone(profile)}."
            : $"{profile}\nSuggested rules\n{suggestions}\n\nAs C#\n{suggestions.ToCSharp()}";
    }

    /// <summary>
    /// For programs: the profile, as it is read back, each suggestion with its rule, reason, evidence and C#, and all of them as a suite, ready to be checked with;
    /// where nothing is suggested there is no suite, and a reason.
    /// </summary>
    /// <param name="profile">The profile.</param>
    public static string Json(Profile profile)
    {
        var suggestions = RuleSuggestions.From(profile);
        var suite = suggestions.ToJson() is { } json ? JsonNode.Parse(json)!.AsObject() : null;
        var rules = suite?["rules"]!.AsArray();
        var root = new JsonObject
        {
            ["profile"] = JsonNode.Parse(profile.ToJson()),
            ["suggestions"] = new JsonArray([.. suggestions.All.Select((s, i) => new JsonObject
            {
                ["rule"] = rules![i]!.DeepClone(),
                ["reason"] = s.Reason,
                ["evidence"] = s.Evidence,
                ["csharp"] = s.CSharp,
            })]),
            ["suite"] = suite,
        };
        if (suite is null)
            root["reason"] = WhyNone(profile);
        return root.ToJsonString(Indented);
    }

    private static string WhyNone(Profile profile)
    {
        var least = new SuggestionOptions().MinRows;
        return profile.Rows < least ? $"a suggestion needs at least {least} rows, and there are {profile.Rows}" : "no column keeps to anything that a rule could ask of it";
    }
}
