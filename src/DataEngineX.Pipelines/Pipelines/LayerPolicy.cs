namespace DataEngineX.Pipelines;

/// <summary>What the layers promise, so that nobody has to look: raw and bronze never lose a row that was received.</summary>
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
            Layer.Quarantine => "quarantine is written by the engine alone",
            _ => null,
        };
        if (wrong is not null)
            throw new PlanException($"{target.Dataset} cannot be written so ({target.Disposition}): {wrong}.", pipeline: pipeline.Name);
    }
}
