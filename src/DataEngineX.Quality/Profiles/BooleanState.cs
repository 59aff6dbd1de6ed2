using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A column of true and false.</summary>
internal sealed class BooleanState(ColumnShape shape) : ColumnState(shape)
{
    private static readonly ulong TrueHash = HashMix.Of(1);
    private static readonly ulong FalseHash = HashMix.Of(0);

    public long Trues { get; private set; }

    protected override void Add(IArrowArray column, Presence presence, Span<ulong> rows, Scratch scratch)
    {
        if (column.Length == 0)
            return;
        var bits = column.Data.Buffers[1].Span;
        var trues = 0;
        for (var i = 0; i < column.Length; i++)
        {
            var isThere = presence[i];
            var isTrue = ((bits[(column.Offset + i) >> 3] >> ((column.Offset + i) & 7)) & 1) != 0;
            trues += isThere && isTrue ? 1 : 0;
            if (!rows.IsEmpty)
                rows[i] = HashMix.Combine(rows[i], !isThere ? HashMix.Null : isTrue ? TrueHash : FalseHash);
        }

        Trues += trues;
    }

    protected override void Merge(ColumnState other) => Trues += ((BooleanState)other).Trues;

    protected override void SaveValues(BinaryWriter writer) => writer.Write(Trues);

    protected override void LoadValues(BinaryReader reader) => Trues = StateFormat.Count(reader);
}
