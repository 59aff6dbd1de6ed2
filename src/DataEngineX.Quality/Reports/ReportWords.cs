using System.Globalization;

namespace DataEngineX.Quality.Reports;

/// <summary>How reports say counts, shares and outcomes.</summary>
internal static class ReportWords
{
    public static string Of(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "passed",
        VerdictOutcome.Fail => "failed",
        VerdictOutcome.Error => "error",
        _ => "not evaluated",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Error => "error",
        _ => "critical",
    };

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A share in percent. Only all is 100 % and only none is 0 %, however close the rest comes.</summary>
    public static string Percent(double share)
    {
        var percent = share * 100;
        if (share is > 0 and < 1)
            percent = Math.Clamp(percent, 0.0001, 99.9999);
        return string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");
    }

    /// <summary>The share of what was checked that holds, or null where nothing was counted.</summary>
    public static double? Share(Verdict verdict) => verdict.Checked > 0 ? (verdict.Checked - verdict.Failed) / (double)verdict.Checked : null;

    /// <summary>The sentence above everything else.</summary>
    public static string Summary(QualityReport report)
    {
        var rules = report.Verdicts.Count == 1 ? "1 rule" : $"{Count(report.Verdicts.Count)} rules";
        var passed = report.Verdicts.Count(static v => v.Outcome == VerdictOutcome.Pass);
        return passed == report.Verdicts.Count ? $"{(report.Success ? "Passed" : "Not passed")}: {rules} checked, all hold."
            : $"{(report.Success ? "Passed" : "Not passed")}: {Count(passed)} of {rules} hold.";
    }

    /// <summary>What stands above the samples of a rule.</summary>
    public static string SamplesTitle(ReportRule rule) => rule.Verdict.Failed > rule.Samples.Count
        ? $"The first {Count(rule.Samples.Count)} of {Count(rule.Verdict.Failed)} rows that do not hold"
        : "All rows that do not hold";

    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var cut = char.IsHighSurrogate(text[length - 1]) && length > 1 ? length - 1 : length;
        return string.Concat(text.AsSpan(0, cut), "…");
    }
}
