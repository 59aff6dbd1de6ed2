using DataEngineX.Hosting.Running;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Scheduling;

/// <summary>
/// Finds commits that no run of this host announced: those made before it started, and those of other processes. Compares input versions.
/// </summary>
internal sealed class UpstreamWatch(
    IPipelineCatalog pipelines,
    IPipelineRunner runner,
    IEnumerable<FollowsUpstream> followers,
    RunQueue queue,
    Drain drain,
    IOptions<DataEngineXHostOptions> options,
    ILogger<UpstreamWatch> logger) : BackgroundService
{
    private readonly HashSet<string> _followers = [.. followers.Select(f => f.Pipeline)];
    private readonly Dictionary<string, string> _queued = new(StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _followers.Count == 0
        ? Task.CompletedTask
        : Supervisor.KeepAsync("upstream watch", LoopAsync, onFault: null, logger, stoppingToken);

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (!drain.IsDraining)
        {
            foreach (var pipeline in pipelines.Pipelines.Where(p => _followers.Contains(p.Name)))
                await LookAsync(pipeline, cancellationToken).ConfigureAwait(false);

            // Real time: other processes do not follow this host's clock.
            await Task.Delay(options.Value.UpstreamCheckInterval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask LookAsync(Pipeline follower, CancellationToken cancellationToken)
    {
        // A plan sees one moment: what runs before, while and after it is made is looked at beside it.
        var pipeline = follower.Name;
        var stand = queue.StandOf(pipeline);
        if (stand.IsWaiting || stand.IsAtWork)
            return;
        var upstream = AnnouncersOf(follower);
        var before = upstream.ToDictionary(u => u.Key, u => queue.StandOf(u.Value));
        RunPlan plan;
        try
        {
            plan = await runner.PlanAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }
        catch (DataEngineXException e)
        {
            Log.NotPlanned(logger, pipeline, e.Message);
            return;
        }

        // The same work is queued once: when its run failed, trying again every half minute would help nobody.
        if (plan.HasWork && IsNews(plan) && !string.Equals(_queued.GetValueOrDefault(pipeline), plan.RunKey, StringComparison.Ordinal)
            && queue.TryEnqueue(new RunRequest(pipeline, "upstream"), stand))
        {
            _queued[pipeline] = plan.RunKey;
        }

        // What a run of this host publishes it announces when it ends, or has announced if it did meanwhile.
        bool IsAnnounced(InputVersion input) => upstream.TryGetValue(input.Dataset, out var name)
            && queue.StandOf(name) is var now && (now.IsAtWork || before[input.Dataset].IsAtWork || now.Ended != before[input.Dataset].Ended);

        bool IsNews(RunPlan found)
        {
            var moved = found.Inputs.Where(i => i.HasData && !string.Equals(found.Last?.Cursor[i.Dataset], i.Position, StringComparison.Ordinal)).ToList();
            return moved.Count == 0 || moved.Exists(i => !IsAnnounced(i));
        }
    }

    /// <summary>The pipelines of this host that publish once, at their end, what a follower reads. Those that publish in steps are not waited for.</summary>
    private Dictionary<DatasetId, string> AnnouncersOf(Pipeline follower) => pipelines.Pipelines
        .Where(p => p.Policies.Checkpoint is null && p != follower && follower.Inputs.Contains(p.Target.Dataset))
        .ToDictionary(p => p.Target.Dataset, p => p.Name);
}
