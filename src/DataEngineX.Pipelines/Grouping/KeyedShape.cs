using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The columns of a <see cref="KeyedBlock"/>. Blocks of equal shapes can be put one after another.</summary>
internal sealed class KeyedShape
{
    private readonly GroupPlan _plan;
    private readonly int[] _textColumns;

    public KeyedShape(GroupPlan plan, KeyLayout layout, bool[] hasTexts, bool isPartial, IReadOnlyList<IArrowType> columns)
    {
        _plan = plan;
        Layout = layout;
        IsPartial = isPartial;
        _textColumns = [.. Enumerable.Range(0, hasTexts.Length).Where(c => hasTexts[c])];
        var fields = new List<Field> { new("key", new FixedSizeBinaryType(layout.Words * sizeof(ulong)), false) };
        fields.AddRange(_textColumns.Select(c => new Field($"text{c}", layout.Types[c], true)));
        fields.AddRange(columns.Select((type, i) => new Field($"value{i}", type, true)));
        Schema = new Schema(fields, null);
    }

    public KeyLayout Layout { get; }

    /// <summary>States of groups rather than rows.</summary>
    public bool IsPartial { get; }

    public Schema Schema { get; }

    private int FirstValue => 1 + _textColumns.Length;

    public bool IsSame(KeyedShape other) =>
        IsPartial == other.IsPartial && Layout.IsSame(other.Layout) && _textColumns.AsSpan().SequenceEqual(other._textColumns);

    public IArrowArray?[] TextsOf(RecordBatch batch)
    {
        var texts = new IArrowArray?[Layout.Types.Length];
        for (var i = 0; i < _textColumns.Length; i++)
            texts[_textColumns[i]] = batch.Column(1 + i);
        return texts;
    }

    public IArrowArray[] StatesOf(RecordBatch batch) => [.. Enumerable.Range(FirstValue, _plan.Aggregates.Count).Select(batch.Column)];

    public IArrowArray?[] ValuesOf(RecordBatch batch)
    {
        var at = FirstValue;
        return [.. _plan.Aggregates.Select(a => a.Value is null ? null : batch.Column(at++))];
    }

    public IArrowArray?[] OthersOf(RecordBatch batch)
    {
        var at = FirstValue + _plan.Aggregates.Count(a => a.Value is not null);
        return [.. _plan.Aggregates.Select(a => a.Other is null ? null : batch.Column(at++))];
    }
}
