using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Copies of bitmaps in memory of an allocator.</summary>
internal static class BitBuffer
{
    internal static ArrowBuffer Of(ReadOnlySpan<byte> bitmap, int bits, MemoryAllocator allocator)
    {
        var bytes = (bits + 7) / 8;
        IMemoryOwner<byte>? owner = allocator.Allocate(Math.Max(64, (bytes + 63) & ~63));
        bitmap[..bytes].CopyTo(owner.Memory.Span);
        return Adopt.Take(ref owner);
    }
}
