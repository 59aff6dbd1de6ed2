using System.Text;

namespace DataEngineX.Quality;

/// <summary>Rules that a profile suggests, to be read, changed and kept by a person.</summary>
/// <remarks>They are made so that other rows of the same kind pass them: what only this sample happens to hold, such as its last id, suggests nothing.</remarks>
public sealed class RuleSuggestions
{
    private RuleSuggestions(IReadOnlyList<RuleSuggestion> all) => All = all;

    /// <summary>The suggestions, in the order of the columns.</summary>
    public IReadOnlyList<RuleSuggestion> All { get; }

    /// <summary>The rules that a profile suggests; none from fewer rows than <see cref="SuggestionOptions.MinRows"/>.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">How. <value>Default: null, the defaults.</value></param>
    public static RuleSuggestions From(Profile profile, SuggestionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        options ??= new SuggestionOptions();
        var all = new List<RuleSuggestion>();
        if (profile.Rows >= options.MinRows)
        {
            foreach (var column in profile.Columns)
                new ColumnSuggestions(column, options, all).Add();
        }

        return new RuleSuggestions(all);
    }

    /// <summary>The suggestions as a suite, or null when there are none.</summary>
    /// <param name="gate">What failed verdicts do. <value>Default: <see cref="Gate.Warn"/>, as befits rules nobody has looked at.</value></param>
    public Suite? ToSuite(Gate gate = Gate.Warn) => All.Count == 0 ? null : new Suite([.. All.Select(s => s.Rule)]) { Gate = gate };

    /// <summary>The suggestions as a suite in JSON, for <see cref="SuiteJson.Read(string, RuleCatalog?)"/>; null when there are none.</summary>
    /// <param name="gate">What failed verdicts do. <value>Default: <see cref="Gate.Warn"/>.</value></param>
    public string? ToJson(Gate gate = Gate.Warn) => ToSuite(gate) is { } suite ? SuiteJson.Write(suite) : null;

    /// <summary>The suggestions as C#, each with its reason as a comment.</summary>
    public string ToCSharp()
    {
        var text = new StringBuilder("var suite = new QualityBuilder()\n");
        foreach (var suggestion in All)
            text.Append("    ").Append(suggestion.CSharp).Append(" // ").Append(OneLine(suggestion.Reason)).Append(": ").Append(OneLine(suggestion.Evidence)).Append('\n');
        return text.Append("    .OnFailure(Gate.Warn)\n    .Build();\n").ToString();
    }

    /// <summary>The suggestions, a line each.</summary>
    public override string ToString() => string.Join('\n', All);

    /// <summary>Names of columns come from data: none may end the comment.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' ? ' ' : c));
}
