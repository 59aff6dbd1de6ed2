namespace DataEngineX.Pipelines;

/// <summary>
/// What the layers promise, so that nobody has to look: raw and bronze never lose a row that was received, silver holds one row of each key, and nobody but the
/// engine writes quarantine.
/// </summary>
internal static class LayerPolicy
{
    private const string Ingest = "ingest";

    /// <summary>Refuses a pipeline whose target would break the promise of its layer.</summary>
    /// <exception cref="PlanException">It says what to write instead.</exception>
    public static void Demand(Pipeline pipeline)
    {
        var target = pipeline.Target;
        var wrong = target.Dataset.Layer switch
        {
            Layer.Raw when target.Disposition != Ingest => "raw keeps what was received as it was: end the pipeline in IngestInto, or write to bronze",
            Layer.Bronze when !target.OnlyAppends => "bronze only grows: end the pipeline in AppendTo, or write to silver",
            Layer.Silver when !IsKeyed(pipeline) => $"silver holds one row of each key: {Instead(target)}, or say with Unkeyed(\"...\") why this table has no key",
            Layer.Quarantine => "quarantine is written by the engine alone",
            _ => null,
        };
        if (wrong is not null)
            throw new PlanException($"{target.Dataset} cannot be written so ({target.Disposition}): {wrong}.", pipeline: pipeline.Name);
    }

    /// <summary>Whether the columns of a table are those that it has, where its pipeline says nothing else: who reads silver or gold relies on them.</summary>
    public static bool IsFrozen(PipelineTarget target) =>
        target is TableTarget { BringsAllColumns: true, Evolution: SchemaEvolution.None, Dataset.Layer: Layer.Silver or Layer.Gold };

    private static bool IsKeyed(Pipeline pipeline) => pipeline.Target.Key.Count > 0 || pipeline.Policies.Key is not null || pipeline.Policies.Unkeyed is not null;

    private static string Instead(PipelineTarget target) => target.OnlyAppends
        ? "end the pipeline in UpsertInto, InsertOnlyInto or HistoryInto with the key"
        : "name the key with KeyedBy, which leaves one row of each, or end the pipeline in UpsertInto";
}
