using System.Buffers;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Turns filled memory into a buffer that owns it.</summary>
internal static class Adopt
{
    internal static ArrowBuffer Take(ref IMemoryOwner<byte>? owner)
    {
        var taken = owner;
        owner = null;
        return taken is null ? ArrowBuffer.Empty : AdoptingAllocator.Adopt(taken);
    }
}
