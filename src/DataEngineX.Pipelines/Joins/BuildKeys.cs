using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The evaluated key columns of all chunks of the side that is held. Owns them.</summary>
internal sealed class BuildKeys : IDisposable
{
    private readonly ProbeKeys[] _chunks;

    /// <summary>Takes the keys of all chunks.</summary>
    public BuildKeys(IReadOnlyList<IArrowType> types, ProbeKeys[] chunks, int shift, MemoryAllocator allocator)
    {
        _chunks = chunks;
        Shift = shift;
        Rows = chunks.Sum(c => (long)c.Length);
        Columns = new ChunkedColumn[types.Count];
        for (var k = 0; k < types.Count; k++)
            Columns[k] = new ChunkedColumn(types[k], [.. chunks.Select(c => c.Columns[k])], shift, allocator);
    }

    public IReadOnlyList<ProbeKeys> Chunks => _chunks;

    public ChunkedColumn[] Columns { get; }

    /// <summary>The bits of a row number that are the row in its chunk.</summary>
    public int Shift { get; }

    public long Rows { get; }

    /// <summary>One more than the largest row number.</summary>
    public int AddressRange => _chunks.Length == 0 ? 1 : ((_chunks.Length - 1) << Shift) + Math.Max(1, _chunks[^1].Length);

    public void Dispose()
    {
        foreach (var column in Columns)
            column?.Dispose();
        foreach (var chunk in _chunks)
            chunk?.Dispose();
    }
}
