using DataEngineX.Hosting.Running;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Scheduling;

/// <summary>Queues the pipelines that follow a dataset as soon as a run of this host published a version of it.</summary>
internal sealed class UpstreamTrigger(IPipelineCatalog pipelines, IEnumerable<FollowsUpstream> followers, RunQueue queue) : IRunObserver
{
    private readonly Lazy<ILookup<DatasetId, string>> _readers = new(() => (
        from name in followers.Select(f => f.Pipeline).Distinct(StringComparer.Ordinal)
        let pipeline = pipelines.TryFind(name, out var found) ? found : null
        where pipeline is not null
        from input in pipeline.Inputs
        select (Input: input, Name: name)).ToLookup(r => r.Input, r => r.Name));

    public void RunStarted(RunRecord run)
    {
    }

    public void RunFinished(RunRecord run, DatasetLineage? lineage)
    {
        // A run that failed may have published all the same: what it published is there to be read.
        if (run is not { Published: true, Target: { } target })
            return;
        foreach (var reader in _readers.Value[target])
        {
            if (!string.Equals(reader, run.Pipeline, StringComparison.Ordinal))
                queue.TryEnqueue(new RunRequest(reader, "upstream"));
        }
    }
}
