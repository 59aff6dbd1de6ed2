namespace DataEngineX.Pipelines;

/// <summary>Decides whether a run may be published without inputs that were refused, so that nothing they hold is lost.</summary>
internal static class RefusedInputs
{
    /// <summary>The cursor of a run that leaves out what it refused; null where it is that of any run.</summary>
    /// <param name="refused">What was refused.</param>
    /// <param name="prepared">The run.</param>
    /// <exception cref="DataEngineXException">The run may not be published: its target would lack rows, for good or until the next run.</exception>
    public static Cursor? Without(IReadOnlyList<RefusedInput> refused, PreparedRun prepared)
    {
        if (refused.Count == 0)
            return null;
        if (!prepared.Pipeline.Target.MayMissInputs)
            throw Unpublished(refused, $"{prepared.Pipeline.Target.Dataset} would lack their rows");
        var (cursor, hasMore) = (prepared.After, false);
        foreach (var of in refused.Where(r => !r.IsReplayed).GroupBy(r => r.Scan?.Source))
        {
            var names = of.Select(r => r.Error.SourceName).ToHashSet(StringComparer.Ordinal);
            var input = prepared.Inputs.FirstOrDefault(i => i.Dataset == of.Key?.Dataset)
                ?? throw Unpublished(refused, "nobody would read them again");
            var position = of.Key!.LeaveOut(input, names) ?? throw Unpublished(refused, $"{input.Dataset} has one position for all that is read of it");
            hasMore |= !string.Equals(position, input.Since ?? prepared.Last?.Cursor[input.Dataset], StringComparison.Ordinal);
            cursor = cursor.With(input with { Position = position, Identity = null });
        }

        // A run that has done nothing else must not be known as done: the next one tries again.
        return hasMore || refused.Any(r => r.IsReplayed) ? cursor : throw Unpublished(refused, "there was nothing else to read");
    }

    /// <summary>All of them in one sentence; null for none.</summary>
    public static string? ErrorOf(IReadOnlyList<RefusedInput> refused) => refused.Count switch
    {
        0 => null,
        1 => refused[0].Error.Message,
        _ => $"{refused.Count} inputs were refused: {string.Join("; ", refused.Select(r => r.Error.Message))}",
    };

    private static DataEngineXException Unpublished(IReadOnlyList<RefusedInput> refused, string why) => new($"{ErrorOf(refused)}. Nothing is published: {why}.");
}
