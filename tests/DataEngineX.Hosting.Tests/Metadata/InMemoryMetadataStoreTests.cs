using DataEngineX.Pipelines;
using DataEngineX.Testing.Conformance;

namespace DataEngineX.Hosting.Tests.Metadata;

public sealed class InMemoryMetadataStoreTests : MetadataStoreConformance
{
    private IMetadataStore? _store;

    protected override IMetadataStore Open(TimeProvider leaseClock) => _store ??= new InMemoryMetadataStore(leaseClock);
}
