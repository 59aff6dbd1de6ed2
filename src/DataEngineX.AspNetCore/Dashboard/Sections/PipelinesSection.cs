namespace DataEngineX.AspNetCore;

/// <summary>Pipelines with last run and next slot.</summary>
internal sealed class PipelinesSection : ISection
{
    public string Id => "pipelines";

    public string Title => "Pipelines";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var pipelines = await PipelineReader.ListAsync(data.Face, cancellationToken).ConfigureAwait(false);
        if (pipelines.Count == 0)
        {
            html.Empty("This host has no pipelines.");
            return;
        }

        html.OpenTable("pipelines", "All pipelines, those read from before those that read (times in UTC)", "Pipeline", "Last run", "Ended", "Next slot", "Schedule", "Reads", "Writes");
        foreach (var pipeline in pipelines)
        {
            html.Add($"<tr><th scope=\"row\">{pipeline.Name}</th><td>");
            if (pipeline.LastRun is { } run)
                html.State(run.State);
            else
                html.Add($"<span class=\"none\">never</span>");
            html.Add($"</td><td>").Time(pipeline.LastRun?.FinishedAt).Add($"</td><td>");
            html.Time(pipeline.Schedule is { Next: [var next, ..] } ? next : null).Add($"</td><td>");
            if (pipeline.Schedule is { } schedule)
                html.Add($"<code>{schedule.Cron}</code> {schedule.TimeZone}");
            else
                html.Add($"<span class=\"none\">–</span>");
            html.Add($"</td><td>{string.Join(", ", pipeline.Inputs)}</td><td>{pipeline.Target}</td></tr>");
        }

        html.CloseTable();
    }
}
