using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>No key: every row is a partner of every row.</summary>
internal sealed class CrossTable(BuildKeys keys, MemoryAllocator memory) : JoinTable(keys, memory)
{
    private int _first = -1;

    public override int Ranges => 1;

    public override bool Fill(int range)
    {
        for (var c = Keys.Chunks.Count - 1; c >= 0; c--)
        {
            for (var row = Keys.Chunks[c].Length - 1; row >= 0; row--)
            {
                var address = (c << Keys.Shift) + row;
                if (_first >= 0)
                    Chain(address, _first);
                _first = address;
            }
        }

        return true;
    }

    protected override void FindAll(ProbeKeys probe, Span<int> heads) => heads.Fill(_first);

    protected override void Release()
    {
    }
}
