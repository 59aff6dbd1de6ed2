using System.Buffers;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>Counts live bytes, and hands out memory full of garbage so that a kernel cannot lean on zeroed memory.</summary>
internal sealed class CountingAllocator : MemoryAllocator
{
    public long LiveBytes { get; private set; }

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        LiveBytes += length;
        return new Owner(this, length);
    }

    private sealed class Owner : IMemoryOwner<byte>
    {
        private readonly CountingAllocator _allocator;
        private byte[]? _bytes;

        public Owner(CountingAllocator allocator, int length)
        {
            _allocator = allocator;
            _bytes = new byte[length];
            _bytes.AsSpan().Fill(0xCD);
        }

        public Memory<byte> Memory => _bytes ?? throw new ObjectDisposedException(nameof(Owner));

        public void Dispose()
        {
            _allocator.LiveBytes -= _bytes?.Length ?? 0;
            _bytes = null;
        }
    }
}
