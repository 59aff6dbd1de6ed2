using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The levels of one stored column of a row group: how deep each entry is defined, and at which depth it repeats.</summary>
internal sealed class LeafLevels : IDisposable
{
    private readonly PooledBytes _definitions = new();
    private readonly PooledBytes _repetitions = new();

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Definitions => _definitions.Array.AsSpan(0, Count);

    internal ReadOnlySpan<byte> Repetitions => _repetitions.Array.AsSpan(0, Count);

    /// <summary>Adds the levels of a page.</summary>
    internal void Add(PageReader page, int definition, int repetition)
    {
        var count = page.Header.ValueCount;
        if (count > int.MaxValue / 2 - Count)
            Corrupt.Throw("a nested column of more entries than can be held");
        Read(page.Definitions, definition, _definitions.Grow(Count, Count + count).AsSpan(Count, count));
        Read(page.Repetitions, repetition, _repetitions.Grow(Count, Count + count).AsSpan(Count, count));
        Count += count;
    }

    public void Dispose()
    {
        _definitions.Dispose();
        _repetitions.Dispose();
    }

    private static void Read(PageSection section, int most, Span<byte> into)
    {
        if (most == 0)
        {
            into.Clear();
            return;
        }

        var runs = default(HybridDecoder);
        runs.Start(section.Bytes, section.Start, section.Length, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)most));
        Span<uint> levels = stackalloc uint[512];
        while (!into.IsEmpty)
        {
            var some = levels[..Math.Min(levels.Length, into.Length)];
            runs.Read(some);
            for (var i = 0; i < some.Length; i++)
            {
                if (some[i] > (uint)most)
                    Corrupt.Throw($"level {some[i]} where {most} is the deepest");
                into[i] = (byte)some[i];
            }

            into = into[some.Length..];
        }
    }
}
