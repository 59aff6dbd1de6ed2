using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Tells the datasets that a pipeline has read from others that took their places since.</summary>
internal static class InputIdentity
{
    /// <summary>Whether the position that a cursor has of a source is one of another dataset.</summary>
    public static async ValueTask<bool> IsAnotherAsync(BatchSource source, DataAccess data, Cursor? cursor, CancellationToken cancellationToken)
    {
        if (cursor?[source.Dataset] is not { } position || await source.IdentifyAsync(data, position, cancellationToken).ConfigureAwait(false) is not { } now)
            return false;
        return now.Length == 0 || (cursor.Identities.TryGetValue(source.Dataset.ToString(), out var then) && !string.Equals(then, now, StringComparison.Ordinal));
    }

    /// <summary>What scans read, told from what may take its place later.</summary>
    public static async ValueTask<IReadOnlyList<PinnedScan>> IdentifyAsync(PlanNode plan, DataAccess data, IReadOnlyList<PinnedScan> scans, CancellationToken cancellationToken)
    {
        var identified = new List<PinnedScan>(scans.Count);
        foreach (var scan in scans)
        {
            var identity = scan.Input.Identity;
            if (identity is null && PlanWalk.Scans(plan).FirstOrDefault(s => s.Source.Dataset == scan.Input.Dataset) is { } node)
                identity = await node.Source.IdentifyAsync(data, scan.Input.Position, cancellationToken).ConfigureAwait(false);
            identified.Add(scan with { Input = scan.Input with { Identity = identity } });
        }

        return identified;
    }
}
