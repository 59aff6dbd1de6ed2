using DataEngineX.Pipelines;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Testing;

/// <summary>What survives a restart of an <see cref="InMemoryLakehouse"/>.</summary>
public sealed class InMemoryState
{
    /// <summary>The clock. <value>It starts at 2015-01-01 00:00 UTC.</value></summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The objects.</summary>
    public InMemoryObjectStore Objects { get; } = new();

    /// <summary>The metadata.</summary>
    public IMetadataStore Metadata { get; } = new InMemoryMetadataStore();
}
