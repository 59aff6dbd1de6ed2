namespace DataEngineX.AspNetCore;

/// <summary>What one rule found.</summary>
internal sealed record VerdictDto(
    string Rule,
    string? Column,
    string Outcome,
    long Checked,
    long Failed,
    string Severity,
    string? Expectation,
    double? Mostly,
    string? Observed,
    string? Message,
    IReadOnlyList<VerdictSampleDto> Samples)
{
    public static VerdictDto Of(Verdict verdict) => new(
        verdict.Rule,
        verdict.Column,
        Words.Of(verdict.Outcome),
        verdict.Checked,
        verdict.Failed,
        Words.Of(verdict.Severity),
        verdict.Expectation,
        JsonNumber.Finite(verdict.Mostly),
        verdict.Observed,
        verdict.Message,
        [.. verdict.Samples.Select(s => new VerdictSampleDto(s.Row, s.Value, s.File, s.Line))]);
}
