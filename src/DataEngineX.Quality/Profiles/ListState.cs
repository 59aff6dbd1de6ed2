using System.Runtime.InteropServices;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A column of lists: their lengths.</summary>
internal sealed class ListState(ColumnShape shape) : ColumnState(shape)
{
    public LengthCounts Lengths { get; private set; } = new();

    protected override void Add(IArrowArray column, Presence presence, Span<ulong> rows, Scratch scratch)
    {
        if (column.Length == 0)
            return;
        var offsets = MemoryMarshal.Cast<byte, int>(column.Data.Buffers[1].Span).Slice(column.Offset, column.Length + 1);
        for (var i = 0; i < column.Length; i++)
        {
            if (presence[i])
                Lengths.Add(offsets[i + 1] - offsets[i], 1);
        }
    }

    protected override void Merge(ColumnState other) => Lengths.Merge(((ListState)other).Lengths);

    protected override void SaveValues(BinaryWriter writer) => Lengths.Save(writer);

    protected override void LoadValues(BinaryReader reader) => Lengths = LengthCounts.Load(reader);
}
