namespace DataEngineX.ML.Internal;

/// <summary>Turns a description into its frozen form.</summary>
internal static class TrainingSpecs
{
    public static TrainingSpec Describe(string name, Action<TrainingBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        _ = DatasetId.Model(name);
        var builder = new TrainingBuilder();
        describe(builder);
        return builder.Build(name);
    }
}
