using System.Buffers;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Tests;

/// <summary>Counts the buffers that are out.</summary>
public sealed class CountingAllocator : MemoryAllocator, IDisposable
{
    private int _live;
    private int _total;

    public int Live => _live;

    public int Total => _total;

    public void Dispose() => Assert.Equal(0, _live);

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        Interlocked.Increment(ref _live);
        Interlocked.Increment(ref _total);
        return new Owner(new byte[length], () => Interlocked.Decrement(ref _live));
    }

    private sealed class Owner(byte[] bytes, Action onDispose) : IMemoryOwner<byte>
    {
        private Action? _onDispose = onDispose;

        public Memory<byte> Memory => bytes;

        public void Dispose() => Interlocked.Exchange(ref _onDispose, null)?.Invoke();
    }
}
