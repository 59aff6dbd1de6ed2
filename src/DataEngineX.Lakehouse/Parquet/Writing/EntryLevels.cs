using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>The levels of the entries of one stored column of a row group, as they are collected.</summary>
internal sealed class EntryLevels : IDisposable
{
    private readonly PooledBytes _definitions = new();
    private readonly PooledBytes _repetitions = new();

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Definitions => _definitions.Array.AsSpan(0, Count);

    internal ReadOnlySpan<byte> Repetitions => _repetitions.Array.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    /// <summary>Adds entries of one row each that are all defined to the same depth.</summary>
    internal void AddRows(int count, byte definition)
    {
        Grow(count);
        _definitions.Array.AsSpan(Count, count).Fill(definition);
        _repetitions.Array.AsSpan(Count, count).Clear();
        Count += count;
    }

    internal void Add(ReadOnlySpan<byte> definitions, ReadOnlySpan<byte> repetitions)
    {
        Grow(definitions.Length);
        definitions.CopyTo(_definitions.Array.AsSpan(Count));
        repetitions.CopyTo(_repetitions.Array.AsSpan(Count));
        Count += definitions.Length;
    }

    public void Dispose()
    {
        _definitions.Dispose();
        _repetitions.Dispose();
    }

    private void Grow(int more)
    {
        _definitions.Grow(Count, checked(Count + more));
        _repetitions.Grow(Count, checked(Count + more));
    }
}
