using System.Buffers;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Scratch bytes of a pool, with room behind them so that whole vectors can be read and written past their end.</summary>
/// <param name="budget">Counts the bytes; null where they are few.</param>
internal sealed class PooledBytes(TrackingAllocator? budget = null) : IDisposable
{
    internal const int Slack = 64;

    private const int LargestKept = 1 << 24;
    private const int MostOfSize = 32;

    // Not the shared pool: that keeps one array of each size for each thread that ever returned one, which other threads do not find.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestKept, MostOfSize);

    internal byte[] Array { get; private set; } = [];

    /// <summary>Makes room; what was there before is lost.</summary>
    internal byte[] Take(int length)
    {
        if (Array.Length < length + Slack)
        {
            Dispose();
            Array = Rent(length + Slack);
        }

        return Array;
    }

    /// <summary>Makes room and keeps the first bytes.</summary>
    internal byte[] Grow(int keep, int length)
    {
        if (Array.Length >= length + Slack)
            return Array;
        var bigger = Rent((int)Math.Min(Math.Max(length, 2L * keep) + Slack, System.Array.MaxLength));
        Array.AsSpan(0, keep).CopyTo(bigger);
        Dispose();
        return Array = bigger;
    }

    public void Dispose()
    {
        if (Array.Length == 0)
            return;
        budget?.Release(Array.Length);
        Pool.Return(Array);
        Array = [];
    }

    private byte[] Rent(int length)
    {
        var array = Pool.Rent(length);
        try
        {
            budget?.Reserve(array.Length);
            return array;
        }
        catch
        {
            Pool.Return(array);
            throw;
        }
    }
}
