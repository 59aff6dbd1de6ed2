using System.Globalization;
using System.Text;
using DataEngineX;
using DataEngineX.Quality;

namespace QualityCheck.Output;

/// <summary>The result for people at a terminal: a line a rule, and the first rows that do not hold.</summary>
internal static class TableOutput
{
    private const int MaxSamples = 5;

    /// <summary>Writes it.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="data">The data's name.</param>
    public static string Write(SuiteResult result, string data)
    {
        string[] header = ["outcome", "rule", "severity", "checked", "failed", "found"];
        List<string[]> rows = [header, .. result.Verdicts.Select(Row)];
        var widths = Enumerable.Range(0, header.Length - 1).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            for (var cell = 0; cell < widths.Length; cell++)
                text.Append(cell is 3 or 4 ? rows[i][cell].PadLeft(widths[cell]) : rows[i][cell].PadRight(widths[cell])).Append("  ");
            text.Append(rows[i][^1]).Append('\n');
            if (i > 0)
                Samples(text, result.Verdicts[i - 1]);
        }

        var passed = result.Verdicts.Count(result.Passes);
        return text.Append(CultureInfo.InvariantCulture, $"\n{(result.Success ? "passed" : "failed")}: {passed} of {result.Verdicts.Count} rules hold for the {result.Rows} rows of {TerminalText.Of(data)}\n")
            .ToString();
    }

    private static string[] Row(Verdict verdict)
    {
        var group = verdict.Group.Count == 0 ? "" : $" of {string.Join(", ", verdict.Group.Select(static g => $"{g.Name}={g.Json}"))}";
        return
        [
            verdict.Outcome switch { VerdictOutcome.Pass => "pass", VerdictOutcome.Fail => "FAIL", VerdictOutcome.Error => "ERROR", _ => "nothing" },
            TerminalText.Of($"{verdict.Rule}{(verdict.Column is { } column ? $"({column})" : "")}{group}"),
            verdict.Severity switch { Severity.Info => "info", Severity.Warning => "warning", Severity.Error => "error", _ => "critical" },
            verdict.Checked.ToString(CultureInfo.InvariantCulture),
            verdict.Failed.ToString(CultureInfo.InvariantCulture),
            TerminalText.Of(verdict.Message ?? (verdict.Observed is { } observed ? $"observed {observed}" : verdict.Expectation ?? "")),
        ];
    }

    private static void Samples(StringBuilder text, Verdict verdict)
    {
        foreach (var sample in verdict.Samples.Take(MaxSamples))
        {
            var keys = string.Concat(sample.Keys.Select(static k => $" {k.Name}={k.Json}"));
            text.Append(CultureInfo.InvariantCulture, $"         row {sample.Row}{TerminalText.Of(keys)}: {(sample.Value is { } value ? TerminalText.Of(value) : "null")}\n");
        }

        if (verdict.Samples.Count > 0 && verdict.Failed > MaxSamples)
            text.Append(CultureInfo.InvariantCulture, $"         and {verdict.Failed - Math.Min(MaxSamples, verdict.Samples.Count)} more\n");
    }
}
