namespace DataEngineX.Hosting.Profiles;

/// <summary>The layers whose tables are profiled after each run that publishes one.</summary>
internal sealed record ProfiledLayers(IReadOnlySet<Layer> Layers);
