using System.Text.Json;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Verdicts and lineage as the log keeps them: small, and cut off where they would not be. The metadata store has them whole.</summary>
internal static class CommitSummary
{
    /// <summary>The most bytes of one summary; both together stay below 64 KB.</summary>
    private const int Limit = 31 * 1024;

    internal static JsonElement? Of(IReadOnlyList<Verdict> verdicts)
    {
        if (verdicts.Count == 0)
            return null;
        for (var kept = verdicts.Count; ; kept /= 2)
        {
            var summary = new VerdictSummary
            {
                Items = [.. verdicts.Take(kept).Select(v => new VerdictLine(v.Rule, v.Column, v.Outcome.ToString(), v.Severity.ToString(), v.Checked, v.Failed))],
                Omitted = verdicts.Count - kept,
            };
            var element = JsonSerializer.SerializeToElement(summary, TableJson.Log.VerdictSummary);
            if (kept == 0 || Size(element) <= Limit)
                return element;
        }
    }

    internal static JsonElement? Of(DatasetLineage? lineage)
    {
        if (lineage is null)
            return null;
        for (var kept = lineage.Columns.Count; ; kept /= 2)
        {
            var summary = new LineageSummary
            {
                Inputs = [.. lineage.Inputs.Take(kept == 0 ? 100 : int.MaxValue).Select(i => i.ToString())],
                Columns = [.. lineage.Columns.Take(kept).Select(c => new LineageLine(c.Name, [.. c.From.Select(o => $"{o.Dataset}#{o.Column}")]))],
                Omitted = lineage.Columns.Count - kept,
            };
            var element = JsonSerializer.SerializeToElement(summary, TableJson.Log.LineageSummary);
            if (kept == 0 || Size(element) <= Limit)
                return element;
        }
    }

    private static int Size(JsonElement element) => System.Text.Encoding.UTF8.GetByteCount(element.GetRawText());
}

internal sealed record VerdictSummary
{
    public required IReadOnlyList<VerdictLine> Items { get; init; }

    public int Omitted { get; init; }
}

internal sealed record VerdictLine(string Rule, string? Column, string Outcome, string Severity, long Checked, long Failed);

internal sealed record LineageSummary
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<LineageLine> Columns { get; init; }

    public int Omitted { get; init; }
}

internal sealed record LineageLine(string Name, IReadOnlyList<string> From);
