using System.Text;

namespace DataEngineX.Quality;

/// <summary>The lowest or highest text by code point.</summary>
internal sealed class TextExtremeState(StoredColumn column, bool greatest, Bounds bounds) : RuleState
{
    private byte[]? _value;

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        var texts = new TextColumn(batch.Column(column.Ordinal));
        var best = -1;
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds && (best < 0 || Beats(texts[i], texts[best])))
                best = i;
        }

        if (best >= 0 && (_value is null || Beats(texts[best], _value)))
            _value = texts[best].ToArray();
    }

    public override void Merge(RuleState other, long rowsBefore)
    {
        if (((TextExtremeState)other)._value is { } value && (_value is null || Beats(value, _value)))
            _value = value;
    }

    public override void Save(BinaryWriter writer) => ValueFormat.WriteBytes(writer, _value);

    public override void Load(BinaryReader reader) => _value = ValueFormat.ReadBytes(reader);

    public override Verdict Finish(Verdict counted) => _value is { } value
        ? Observation.Verdict(counted, bounds.Hold(value), CellText.Json(w => w.WriteStringValue(Encoding.UTF8.GetString(value))))
        : Observation.Verdict(counted, !bounds.Any, null);

    private bool Beats(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.SequenceCompareTo(other) is var order && (greatest ? order > 0 : order < 0);
}
