using DataEngineX.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>Recent runs.</summary>
internal sealed class RunsSection : ISection
{
    private const int Shown = 25;

    public string Id => "runs";

    public string Title => "Runs";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var runs = await data.Face.Metadata.ListRunsAsync(new RunQuery { Limit = Shown }, cancellationToken).ConfigureAwait(false);
        if (runs.Count == 0)
        {
            html.Empty("Nothing has run yet.");
            return;
        }

        html.OpenTable("runs", $"The newest {runs.Count} runs (times in UTC)", "Pipeline", "State", "Started", "Took", "Why", "#Read", "#Written", "#Filtered", "#Quarantined", "Error");
        foreach (var run in runs)
        {
            html.Add($"<tr><th scope=\"row\">{run.Pipeline}</th><td>").State(Words.Of(run.State)).Add($"</td><td>").Time(run.StartedAt);
            if (run.FinishedAt is not null)
                html.Add($" ").Report(run.Id, $"{run.Pipeline}, {Formats.Instant(run.StartedAt)}");
            html.Add($"</td><td>{Took(run, data.Face.RunsAtWork)}</td><td>{run.Trigger}</td>");
            html.Add($"<td class=\"number\">{Formats.Count(run.Rows.Read)}</td><td class=\"number\">{Formats.Count(run.Rows.Written)}</td>");
            html.Add($"<td class=\"number\">{Formats.Count(run.Rows.Filtered)}</td><td class=\"number\">{Formats.Count(run.Rows.Quarantined)}</td>");
            html.Add($"<td class=\"wide\">{Formats.Shorten(run.Error, 400)}</td></tr>");
        }

        html.CloseTable();
    }

    /// <summary>How long a run took; of one at work in this host, how far it is and how long it may still take.</summary>
    private static string Took(RunRecord run, IRunsAtWork runs)
    {
        if (run.FinishedAt is { } end)
            return Formats.Duration((end - run.StartedAt).TotalSeconds);
        if (runs.Find(run.Id) is not { } progress)
            return "–";
        return progress is { Fraction: { } done, Remaining: { } left }
            ? $"{Formats.Percent(done)}, {Formats.Duration(left.TotalSeconds)} left"
            : $"{Formats.Count(progress.RowsRead)} rows read";
    }
}
