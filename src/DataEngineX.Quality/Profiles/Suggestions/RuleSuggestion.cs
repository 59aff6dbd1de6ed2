namespace DataEngineX.Quality;

/// <summary>A rule that a profile suggests.</summary>
/// <param name="Rule">The rule with its tolerance.</param>
/// <param name="Reason">Why it is suggested, as a sentence without a full stop.</param>
/// <param name="Evidence">What of the profile it rests on, such as <c>0 of 1200 values are missing</c>.</param>
/// <param name="CSharp">The calls that add it to a <see cref="QualityBuilder"/>, such as <c>.NotNull("station")</c>.</param>
public sealed record RuleSuggestion(SuiteRule Rule, string Reason, string Evidence, string CSharp)
{
    /// <summary>A line.</summary>
    public override string ToString() => $"{CSharp}: {Reason} ({Evidence})";
}
