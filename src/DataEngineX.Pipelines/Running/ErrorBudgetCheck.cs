using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>Tells whether the rows set aside by a run, with those of the runs before it, are more than its pipeline may lose.</summary>
internal static class ErrorBudgetCheck
{
    /// <summary>The rule's name in the verdict.</summary>
    public const string Rule = "error_budget";

    private const int Page = 100;
    private const int MostPages = 10;

    /// <summary>Looks at this run and the last that published before it.</summary>
    public static async ValueTask<Verdict> JudgeAsync(ErrorBudget budget, string pipeline, RunRows rows, IMetadataStore metadata, CancellationToken cancellationToken)
    {
        var (read, setAside, runs) = (rows.Read, rows.Quarantined, 1);
        await foreach (var before in PublishedAsync(pipeline, metadata, cancellationToken).ConfigureAwait(false))
        {
            if (runs == budget.Runs)
                break;
            (read, setAside, runs) = (read + before.Rows.Read, setAside + before.Rows.Quarantined, runs + 1);
        }

        var isWithin = setAside <= (budget.Rows ?? long.MaxValue) && setAside <= read * (budget.Share ?? 1);
        var allowed = string.Join(" and ", new[]
        {
            budget.Rows is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most:N0} rows") : null,
            budget.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %") : null,
        }.OfType<string>());
        return new Verdict
        {
            Rule = Rule,
            Expectation = $"no more than {allowed} are set aside",
            Outcome = read == 0 ? VerdictOutcome.NotEvaluated : isWithin ? VerdictOutcome.Pass : VerdictOutcome.Fail,
            Severity = Severity.Critical,
            Checked = read,
            Failed = setAside,
            Message = isWithin ? null : string.Create(CultureInfo.InvariantCulture, $"{setAside:N0} of {read:N0} rows were set aside in {runs} runs, more than {allowed}"),
        };
    }

    private static async IAsyncEnumerable<RunRecord> PublishedAsync(
        string pipeline, IMetadataStore metadata, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        for (var page = 0; page < MostPages; page++)
        {
            var runs = await metadata.ListRunsAsync(new RunQuery { Pipeline = pipeline, Before = before, Limit = Page }, cancellationToken).ConfigureAwait(false);
            foreach (var run in runs.Where(r => r.Published && r.Trigger != RunTriggers.Replay))
                yield return run;
            if (runs.Count < Page)
                yield break;
            before = runs[^1].Id;
        }
    }
}
