using System.Globalization;
using System.Text;

namespace DataEngineX.Testing;

/// <summary>Failed verdicts as a text that fits a test runner's window.</summary>
internal static class FailureText
{
    // One line at the top and one at the bottom, and for each rule one and its rows: never 20.
    private const int MaxRules = 4;
    private const int MaxSamples = 3;
    private const int MaxLength = 160;

    public static string Of(IReadOnlyList<Verdict> failed, int rules)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{failed.Count} of {rules} rules {(failed.Count == 1 ? "does" : "do")} not hold:");
        foreach (var verdict in failed.Take(MaxRules))
        {
            text.Append("\n  ").Append(OneLine($"{verdict}{(verdict.Expectation is { } expectation ? $"; expected: {expectation}" : "")}"));
            foreach (var sample in verdict.Samples.Take(MaxSamples))
                text.Append("\n    ").Append(OneLine(Row(sample)));
            if (verdict.Samples.Count > 0 && verdict.Failed > MaxSamples)
                text.Append(CultureInfo.InvariantCulture, $" … and {verdict.Failed - Math.Min(MaxSamples, verdict.Samples.Count)} more");
        }

        if (failed.Count > MaxRules)
            text.Append(CultureInfo.InvariantCulture, $"\n  … and {failed.Count - MaxRules} more rules");
        return text.ToString();
    }

    private static string Row(VerdictSample sample)
    {
        var keys = string.Concat(sample.Keys.Select(static k => $" {k.Name}={k.Json}"));
        var place = sample.File is null ? "" : $" ({sample.File}:{sample.Line})";
        return string.Create(CultureInfo.InvariantCulture, $"row {sample.Row}{keys}{place}: {sample.Value ?? "null"}");
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Take(MaxLength).Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
        return text.Length <= MaxLength ? line : line + "…";
    }
}
