using System.Buffers;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Scratch bytes of the shared pool, with room behind them so that whole vectors can be read and written past their end.</summary>
internal sealed class PooledBytes : IDisposable
{
    internal const int Slack = 64;

    internal byte[] Array { get; private set; } = [];

    /// <summary>Makes room; what was there before is lost.</summary>
    internal byte[] Take(int length)
    {
        if (Array.Length < length + Slack)
        {
            Dispose();
            Array = ArrayPool<byte>.Shared.Rent(length + Slack);
        }

        return Array;
    }

    /// <summary>Makes room and keeps the first bytes.</summary>
    internal byte[] Grow(int keep, int length)
    {
        if (Array.Length >= length + Slack)
            return Array;
        var bigger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(length, 2L * keep) + Slack, System.Array.MaxLength));
        Array.AsSpan(0, keep).CopyTo(bigger);
        Dispose();
        return Array = bigger;
    }

    public void Dispose()
    {
        if (Array.Length > 0)
            ArrayPool<byte>.Shared.Return(Array);
        Array = [];
    }
}
