using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Rows of both sides as rows of one schema, so that one sort brings them together: keys, time, side, the columns of each side, and the time of a
/// partner found. In the order of keys, time and side the partner of a left row is the last right row before it.
/// </summary>
internal sealed class AsOfUnion
{
    private const string Prefix = "$asof.";

    private readonly JoinPlan _plan;
    private readonly sbyte _rightSide;

    public AsOfUnion(JoinPlan plan)
    {
        _plan = plan;
        var rule = plan.AsOf!;
        Keys = plan.Keys[0].Count - 1;
        LeftAt = Keys + 2;
        RightAt = LeftAt + plan.Inputs[0].FieldsList.Count;
        FoundAt = RightAt + plan.Inputs[1].FieldsList.Count;

        // Where the very time does not match, a right row comes after the left rows of its time.
        _rightSide = (sbyte)(rule.AllowsExact ? -1 : 1);
        var keys = plan.Keys[0].Take(Keys).Select((k, i) => new Field($"{Prefix}key{i}", TypeRules.Plain(k.Type), nullable: true));
        Schema = new Schema(
            [
                .. keys,
                new Field(Prefix + "time", rule.TimeType, nullable: true),
                new Field(Prefix + "side", Int8Type.Default, nullable: false),
                .. plan.Inputs[0].FieldsList.Select((f, i) => new Field($"{Prefix}left{i}", TypeRules.Plain(f.DataType), nullable: true)),
                .. plan.Inputs[1].FieldsList.Select((f, i) => new Field($"{Prefix}right{i}", TypeRules.Plain(f.DataType), nullable: true)),
                new Field(Prefix + "found", rule.TimeType, nullable: true),
            ],
            null);
        Sort = new SortPlan(Schema, OrderBy(descending: rule.Direction == AsOfDirection.Forward), "as_of_join");
        Reversed = rule.Direction == AsOfDirection.Nearest ? new SortPlan(Schema, OrderBy(descending: true), "as_of_join") : null;
    }

    /// <summary>The keys without the time.</summary>
    public int Keys { get; }

    public int TimeAt => Keys;

    public int SideAt => Keys + 1;

    public int LeftAt { get; }

    public int RightAt { get; }

    public int FoundAt { get; }

    public Schema Schema { get; }

    /// <summary>The order in which a partner comes before its left rows.</summary>
    public SortPlan Sort { get; }

    /// <summary>The order in which later rows come first; for the nearest only, which looks both ways.</summary>
    public SortPlan? Reversed { get; }

    /// <summary>The rows of a batch, which is borrowed, in this schema. Right rows that match nothing are left out.</summary>
    public RecordBatch Project(RecordBatch batch, int input, EngineContext context)
    {
        using var keys = ProbeKeys.Evaluate(batch, _plan.Keys[input], context);
        using var rented = new Rented<int>(batch.Length);
        var rows = rented.Span;
        var count = batch.Length;
        if (input == 1 && !keys.Valid.IsEmpty)
        {
            count = 0;
            for (var row = 0; row < batch.Length; row++)
            {
                rows[count] = row;
                count += keys.IsValid(row) ? 1 : 0;
            }
        }

        var isWhole = count == batch.Length;
        using var columns = new BatchColumns(Schema.FieldsList.Count);
        for (var k = 0; k <= Keys; k++)
            columns[k] = Pick(keys.Columns[k], rows[..count], isWhole, context);
        columns[SideAt] = Constants.Create(Int8Type.Default, input == 0 ? (sbyte)0 : _rightSide, count, context.Allocator);
        for (var c = LeftAt; c < FoundAt; c++)
        {
            var ordinal = c - (input == 0 ? LeftAt : RightAt);
            columns[c] = ordinal >= 0 && ordinal < batch.ColumnCount && (input == 1 || c < RightAt)
                ? Pick(batch.Column(ordinal), rows[..count], isWhole, context)
                : Constants.Nulls(Schema.FieldsList[c].DataType, count, context.Allocator);
        }

        columns[FoundAt] = Constants.Nulls(Schema.FieldsList[FoundAt].DataType, count, context.Allocator);
        return columns.Build(Schema, count);
    }

    private static IArrowArray Pick(IArrowArray column, ReadOnlySpan<int> rows, bool isWhole, EngineContext context)
    {
        if (column is DictionaryArray)
        {
            using var plain = Dictionaries.Decode(column, context.Allocator);
            return Pick(plain, rows, isWhole, context);
        }

        return isWhole ? Assemble.Share(column) : Selection.Take(column, rows, context.Allocator);
    }

    /// <summary>Rows without a time come first in their group, where they meet no right row.</summary>
    private IReadOnlyList<OrderKey> OrderBy(bool descending) =>
    [
        .. Enumerable.Range(0, Keys).Select(k => new OrderKey(Schema.FieldsList[k].Name)),
        new OrderKey(Schema.FieldsList[TimeAt].Name, descending, NullsFirst: true),
        new OrderKey(Schema.FieldsList[SideAt].Name),
    ];
}
