using DataEngineX.Pipelines;

namespace DataEngineX.Hosting;

/// <summary>The one way to say that a pipeline does not exist.</summary>
internal static class UnknownPipeline
{
    public static PlanException Error(string name, IPipelineCatalog pipelines) => new(Message(name, pipelines));

    public static string Message(string name, IPipelineCatalog pipelines) => pipelines.Pipelines.Count == 0
        ? $"There is no pipeline '{name}': this host has none."
        : $"There is no pipeline '{name}'; there are {string.Join(", ", pipelines.Pipelines.Select(p => p.Name))}.";
}
