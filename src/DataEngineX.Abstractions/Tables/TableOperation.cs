using Apache.Arrow.Memory;

namespace DataEngineX;

/// <summary>A change of a table that is made once, by hand or by a host, and is not the write of a pipeline: see <see cref="ITable.ApplyAsync"/>.</summary>
public abstract record TableOperation
{
    private protected TableOperation()
    {
    }

    /// <summary>Where rows are allocated that are written. <value>Default: null, Arrow's default allocator.</value></summary>
    public MemoryAllocator? Allocator { get; init; }
}
