namespace DataEngineX.Pipelines;

/// <summary>A pipeline as registered: its name and the lambda that describes it.</summary>
/// <param name="Name">The name: letters, digits, '_', '-' and '.'.</param>
/// <param name="Describe">Describes it; runs once.</param>
public sealed record PipelineRegistration(string Name, Func<IServiceProvider, PipelineBuilder, PipelineEnd> Describe);
