using DataEngineX.Testing;
using DataEngineX.Testing.Conformance;

namespace DataEngineX.Lakehouse.Tests.Storage;

public sealed class InMemoryObjectStoreTests : ObjectStoreConformance
{
    protected override IObjectStore Store { get; } = new InMemoryObjectStore();
}
