using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A column of a type of which only nulls are counted.</summary>
internal sealed class OtherState(ColumnShape shape) : ColumnState(shape)
{
    protected override void Add(IArrowArray column, Presence presence, Span<ulong> rows, Scratch scratch)
    {
    }

    protected override void Merge(ColumnState other)
    {
    }

    protected override void SaveValues(BinaryWriter writer)
    {
    }

    protected override void LoadValues(BinaryReader reader)
    {
    }
}
