using DataEngineX.Hosting.Scheduling;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>list</c></summary>
internal sealed class ListVerb(
    IPipelineCatalog pipelines, ScheduleCatalog schedules, IEnumerable<FollowsUpstream> followers, IEnumerable<RunsAtStart> atStart) : IHostVerb
{
    private readonly HashSet<string> _followers = [.. followers.Select(f => f.Pipeline)];
    private readonly HashSet<string> _atStart = [.. atStart.Select(r => r.Pipeline)];

    public string Name => "list";

    public string Usage => ": list the pipelines, what they read and write, and when they run";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.Pipelines)
        {
            await output.Out.WriteLineAsync(
                $"{pipeline.Name}: {string.Join(", ", pipeline.Inputs)} -> {pipeline.Target.Dataset}; {When(pipeline.Name)}").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private string When(string pipeline)
    {
        List<string> when = [.. schedules.All.Where(s => s.Pipeline == pipeline).Select(s => $"at '{s.Cron}' {s.ZoneId}")];
        if (_followers.Contains(pipeline))
            when.Add("after its upstream");
        if (_atStart.Contains(pipeline))
            when.Add("at start");
        return when.Count == 0 ? "on request" : string.Join(", ", when);
    }
}
