using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Asks the sources of a plan how much they hold.</summary>
internal static class SourceSizes
{
    public static async ValueTask<IReadOnlyDictionary<BatchSource, SourceSize>> ReadAsync(
        PlanNode plan, IReadOnlyList<PinnedScan> scans, DataAccess data, CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<BatchSource, SourceSize>(ReferenceEqualityComparer.Instance);
        foreach (var scan in PlanWalk.Scans(plan))
        {
            var input = scans.First(s => s.Input.Dataset == scan.Source.Dataset && s.IsIncremental == scan.IsIncremental).Input;
            sizes[scan.Source] = await scan.Source.EstimateAsync(data, input, cancellationToken).ConfigureAwait(false);
        }

        return sizes;
    }
}
