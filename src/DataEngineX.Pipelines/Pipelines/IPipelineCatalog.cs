using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Pipelines;

/// <summary>All pipelines of a host, described once at its start.</summary>
public interface IPipelineCatalog
{
    /// <summary>The pipelines in an order in which each comes after those that write what it reads.</summary>
    IReadOnlyList<Pipeline> Pipelines { get; }

    /// <summary>Finds a pipeline by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="pipeline">The pipeline found.</param>
    bool TryFind(string name, [NotNullWhen(true)] out Pipeline? pipeline);
}
