using System.Numerics;

namespace DataEngineX.Pipelines;

/// <summary>
/// Large blocks of native memory, by size. Some that were given back are kept for the next who asks, as mapping and clearing pages costs more
/// than filling them; runs let go of those before they would hold more than their budget. Thread-safe.
/// </summary>
internal static class BlockPool
{
    /// <summary>From this size on blocks are mapped pages.</summary>
    public const int LeastBytes = 1 << LeastBits;

    /// <summary>The most bytes kept for reuse.</summary>
    public const long MostKept = 48L << 20;

    private const int LeastBits = 16;
    private const int MostBits = 25;

    /// <summary>Sizes between a power of two and the next: at most an eighth of a block is more than was asked for.</summary>
    private const int StepBits = 3;

    private static readonly Stack<nint>[] Kept = [.. Enumerable.Range(0, ((MostBits - LeastBits) << StepBits) + 1).Select(_ => new Stack<nint>())];
    private static long _keptBytes;

    /// <summary>The bytes kept for reuse now.</summary>
    public static long KeptBytes => Interlocked.Read(ref _keptBytes);

    /// <summary>The bytes a block of at least so many takes up.</summary>
    public static long SizeOf(int length)
    {
        if (length < LeastBytes || !NativeMemoryMap.IsSupported)
            return length;
        var step = 1L << Math.Max(12, BitOperations.Log2((uint)length - 1) - StepBits);
        return (length + step - 1) & -step;
    }

    /// <summary>A block of a size that <see cref="SizeOf"/> gave. It is not cleared.</summary>
    public static unsafe nint Take(long size)
    {
        if (NumberOf(size) is var number and >= 0)
        {
            var kept = Kept[number];
            lock (kept)
            {
                if (kept.TryPop(out var block))
                {
                    Interlocked.Add(ref _keptBytes, -size);
                    return block;
                }
            }
        }

        return NativeMemoryMap.Map((nint)size);
    }

    public static void Return(nint block, long size)
    {
        if (NumberOf(size) is var number and >= 0 && Interlocked.Add(ref _keptBytes, size) is var kept)
        {
            if (kept <= MostKept)
            {
                lock (Kept[number])
                    Kept[number].Push(block);
                return;
            }

            Interlocked.Add(ref _keptBytes, -size);
        }

        NativeMemoryMap.Unmap(block, (nint)size);
    }

    /// <summary>Gives kept blocks back to the system, the largest first, until no more than so many bytes are kept.</summary>
    public static void Trim(long most)
    {
        for (var number = Kept.Length - 1; number >= 0 && KeptBytes > most; number--)
        {
            while (KeptBytes > most && TryDrop(number))
            {
            }
        }
    }

    private static bool TryDrop(int number)
    {
        nint block;
        lock (Kept[number])
        {
            if (!Kept[number].TryPop(out block))
                return false;
        }

        var size = SizeOfNumber(number);
        Interlocked.Add(ref _keptBytes, -size);
        NativeMemoryMap.Unmap(block, (nint)size);
        return true;
    }

    /// <summary>The number of a size, or -1 for one that is too large to be kept.</summary>
    private static int NumberOf(long size)
    {
        var log = BitOperations.Log2((ulong)size);
        return log >= MostBits && size != 1L << MostBits ? -1 : ((log - LeastBits) << StepBits) + (int)((size >> (log - StepBits)) & ((1 << StepBits) - 1));
    }

    private static long SizeOfNumber(int number) =>
        ((1L << StepBits) + (number & ((1 << StepBits) - 1))) << (LeastBits + (number >> StepBits) - StepBits);
}
