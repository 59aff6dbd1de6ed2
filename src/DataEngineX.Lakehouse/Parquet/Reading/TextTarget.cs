using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The offsets and bytes of a text array while they are filled.</summary>
internal sealed class TextTarget(MemoryAllocator allocator) : IDisposable
{
    private IMemoryOwner<byte>? _offsets;
    private IMemoryOwner<byte>? _bytes;
    private double _perSlot;

    /// <summary>The bytes filled.</summary>
    internal int Length { get; set; }

    /// <summary>Where bytes go; at least <see cref="PooledBytes.Slack"/> more can be written than was made room for.</summary>
    internal Span<byte> Bytes => _bytes is null ? default : _bytes.Memory.Span;

    /// <summary>The ends of the slots: that of slot n is at n + 1.</summary>
    internal Span<int> Offsets => MemoryMarshal.Cast<byte, int>(_offsets!.Memory.Span);

    internal void Begin(int slots)
    {
        Dispose();
        Length = 0;
        _offsets = allocator.Allocate((((slots + 1) * sizeof(int)) + 63) & ~63);
        Offsets[0] = 0;
        if (_perSlot > 0)
            Reserve((long)(slots * _perSlot));
    }

    /// <summary>Makes room for more bytes; at least doubles what is there when it must grow.</summary>
    internal Span<byte> Reserve(long more)
    {
        var wanted = Length + more + PooledBytes.Slack;
        if (_bytes is not null && wanted <= _bytes.Memory.Length)
            return _bytes.Memory.Span;
        var room = Math.Max(wanted, _bytes is null ? 0 : 2L * _bytes.Memory.Length);
        if (wanted > int.MaxValue - 64)
            throw new InvalidDataException("a batch has more than 2 GiB of texts in this column; ask for fewer rows a batch");
        var bigger = allocator.Allocate((int)Math.Min((room + 63) & ~63L, int.MaxValue - 63));
        if (_bytes is not null)
        {
            _bytes.Memory.Span[..Length].CopyTo(bigger.Memory.Span);
            _bytes.Dispose();
        }

        _bytes = bigger;
        return bigger.Memory.Span;
    }

    /// <summary>Hands the buffers over.</summary>
    internal (ArrowBuffer Offsets, ArrowBuffer Bytes) Build(int slots)
    {
        // The next array will need about as much; a little more saves growing.
        _perSlot = slots == 0 ? _perSlot : Length * 1.03 / slots;
        return (Adopt.Take(ref _offsets), Adopt.Take(ref _bytes));
    }

    public void Dispose()
    {
        _offsets?.Dispose();
        _bytes?.Dispose();
        _offsets = _bytes = null;
    }

    /// <summary>Copies a text by whole vectors, which may write beyond its end but not beyond the slack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CopyShort(ref byte source, ref byte target, int length)
    {
        if (length <= 16)
        {
            Vector128.LoadUnsafe(ref source).StoreUnsafe(ref target);
        }
        else if (length <= 32)
        {
            Vector256.LoadUnsafe(ref source).StoreUnsafe(ref target);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)length);
        }
    }
}
