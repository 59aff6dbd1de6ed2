using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>Computes one array of the columns it reads, which it borrows; the caller owns the result.</summary>
internal delegate IArrowArray Kernel(IReadOnlyList<IArrowArray> columns, MemoryAllocator allocator);
