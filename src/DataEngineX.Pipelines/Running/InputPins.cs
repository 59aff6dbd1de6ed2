using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Decides which versions a run reads, and whether an incremental pipeline has to compute everything anew.</summary>
internal sealed class InputPins(Pipeline pipeline, DataAccess data, CommitRecord? last)
{
    /// <summary>Pins every input.</summary>
    /// <param name="isByKey">Whether the pipeline reads by key, so that it can be computed anew as a whole.</param>
    /// <param name="isFull">Whether it shall be.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<Result> ReadAsync(bool isByKey, bool isFull, CancellationToken cancellationToken)
    {
        var whole = await PinAsync(s => !s.IsIncremental, [], isFull, cancellationToken).ConfigureAwait(false);
        var why = WhyFull(isByKey, isFull, whole);
        var incremental = await PinAsync(s => s.IsIncremental, whole, why is not null, cancellationToken).ConfigureAwait(false);
        if (isByKey && why is null && incremental.FirstOrDefault(s => s.Input.Since is null) is { } untold)
        {
            why = untold.IsAnother
                ? $"everything is computed anew: {untold.Input.Dataset} was deleted and made anew since the last run"
                : $"everything is computed anew: {untold.Input.Dataset} cannot tell what changed since the last run";
            incremental = await PinAsync(s => s.IsIncremental, whole, isFull: true, cancellationToken).ConfigureAwait(false);
        }

        return new Result([.. whole, .. incremental], last is null ? null : why);
    }

    private string? WhyFull(bool isByKey, bool isFull, List<PinnedScan> whole)
    {
        if (isFull)
            return "everything is computed anew, as asked";
        if (!isByKey || last is null)
            return null;
        if (last.Fingerprint is { } known && !string.Equals(known, pipeline.Fingerprint, StringComparison.Ordinal))
            return "everything is computed anew: the pipeline was changed since its last commit";
        return whole.FirstOrDefault(s => s.HasMovedSince(last)) is { } moved
            ? $"everything is computed anew: {moved.Input.Dataset}, which is read in full, has changed"
            : null;
    }

    private async ValueTask<List<PinnedScan>> PinAsync(Func<ScanNode, bool> which, List<PinnedScan> before, bool isFull, CancellationToken cancellationToken)
    {
        var pinned = new List<PinnedScan>();
        foreach (var scan in PlanWalk.Scans(pipeline.Plan).Where(which))
        {
            if (pinned.Exists(p => p.Input.Dataset == scan.Source.Dataset))
                continue;
            var isAnother = await InputIdentity.IsAnotherAsync(scan.Source, data, last?.Cursor, cancellationToken).ConfigureAwait(false);
            var since = scan.IsIncremental && !isFull && !isAnother ? last?.Cursor[scan.Source.Dataset] : null;
            var input = await scan.Source.PinAsync(data, since, cancellationToken).ConfigureAwait(false);

            // A table that is read in both ways is read at one version: the cursor has one position for it.
            if (before.Find(p => p.Input.Dataset == scan.Source.Dataset) is { } same)
                input = input with { Position = same.Input.Position, HasData = !string.Equals(same.Input.Position, input.Since, StringComparison.Ordinal) && same.Input.HasData };
            pinned.Add(new PinnedScan(input, scan.IsIncremental) { IsAnother = isAnother });
        }

        return pinned;
    }

    /// <summary>The pinned inputs.</summary>
    /// <param name="Scans">What each scan reads.</param>
    /// <param name="WhyFull">Why an incremental pipeline computes everything anew, or null.</param>
    public sealed record Result(IReadOnlyList<PinnedScan> Scans, string? WhyFull);
}
