namespace DataEngineX.Pipelines;

/// <summary>Compares a run with what was planned.</summary>
internal static class PlannedRuns
{
    /// <summary>Refuses a run that would not do just what was planned.</summary>
    /// <exception cref="PlanException">It says what has changed since.</exception>
    public static void Demand(PlannedRun planned, Pipeline pipeline, string runKey, string? partition, IReadOnlyList<InputVersion> inputs)
    {
        if (string.Equals(planned.RunKey, runKey, StringComparison.Ordinal))
            return;
        var changes = new List<string>();
        if (!string.Equals(planned.Pipeline, pipeline.Name, StringComparison.Ordinal))
            changes.Add($"the plan is one of '{planned.Pipeline}'");
        else if (!string.Equals(planned.Fingerprint, pipeline.Fingerprint, StringComparison.Ordinal))
            changes.Add("the pipeline was changed");
        if (!string.Equals(planned.Partition, partition, StringComparison.Ordinal))
            changes.Add($"the partitions were {planned.Partition ?? "none"} and are {partition ?? "none"}");
        changes.AddRange(inputs.Where(i => !planned.Inputs.Contains(i)).Select(i =>
            planned.Inputs.FirstOrDefault(o => o.Dataset == i.Dataset) is { } old ? Change(old, i) : $"{i} was not read"));
        changes.AddRange(planned.Inputs.Where(o => inputs.All(i => i.Dataset != o.Dataset)).Select(o => $"{o} is read no more"));
        throw new PlanException($"what was planned is not what would run now: {string.Join("; ", changes.DefaultIfEmpty("the last commit is another one"))}. Plan again.");
    }

    private static string Change(InputVersion planned, InputVersion now) =>
        string.Equals(planned.ToString(), now.ToString(), StringComparison.Ordinal) ? $"{now.Dataset} was deleted and made anew" : $"{planned} is now {now}";
}
