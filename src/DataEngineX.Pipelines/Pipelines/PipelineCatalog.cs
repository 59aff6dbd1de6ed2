using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Pipelines;

/// <summary>Describes all registered pipelines once and orders them by what they read and write.</summary>
public sealed class PipelineCatalog : IPipelineCatalog
{
    private readonly Dictionary<string, Pipeline> _byName = new(StringComparer.Ordinal);

    /// <summary>Describes the pipelines.</summary>
    /// <param name="registrations">The registered pipelines.</param>
    /// <param name="services">The host's services, for descriptions that ask for them.</param>
    /// <exception cref="PlanException">A pipeline cannot be described, two have one name or one target, or they read each other in a circle.</exception>
    public PipelineCatalog(IEnumerable<PipelineRegistration> registrations, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        foreach (var registration in registrations)
        {
            var pipeline = Describe(registration, services);
            if (!_byName.TryAdd(pipeline.Name, pipeline))
                throw new PlanException($"There are two pipelines named '{pipeline.Name}'.");
        }

        Pipelines = InOrder([.. _byName.Values]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Pipeline> Pipelines { get; }

    /// <inheritdoc/>
    public bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline) => _byName.TryGetValue(name, out pipeline);

    private static Pipeline Describe(PipelineRegistration registration, IServiceProvider services)
    {
        try
        {
            var end = registration.Describe(services, new PipelineBuilder(registration.Name));
            var pipeline = new Pipeline(registration.Name, end.Node, end.Target, end.Policies);
            LayerPolicy.Demand(pipeline);
            return pipeline;
        }
        catch (PlanException e)
        {
            throw e.With(pipeline: registration.Name);
        }
    }

    private static List<Pipeline> InOrder(IReadOnlyList<Pipeline> pipelines)
    {
        var twice = pipelines.GroupBy(p => p.Target.Dataset).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new PlanException($"{twice.Key} is written by {string.Join(" and ", twice.Select(p => $"'{p.Name}'"))}; a dataset has one pipeline.");
        var writers = pipelines.ToDictionary(p => p.Target.Dataset);
        var ordered = new List<Pipeline>();
        var path = new List<Pipeline>();
        foreach (var pipeline in pipelines)
            Visit(pipeline);
        return ordered;

        void Visit(Pipeline pipeline)
        {
            if (ordered.Contains(pipeline))
                return;
            if (path.Contains(pipeline))
                throw new PlanException($"Pipelines read each other in a circle: {string.Join(" -> ", path.Append(pipeline).Select(p => p.Name))}.");
            path.Add(pipeline);
            foreach (var input in pipeline.Inputs)
            {
                if (writers.TryGetValue(input, out var upstream) && upstream != pipeline)
                    Visit(upstream);
            }

            path.Remove(pipeline);
            ordered.Add(pipeline);
        }
    }
}
