using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>All values of a column, for a rule on those at some ranks.</summary>
internal abstract class RankState<T>(StoredColumn column, RuleContext context) : RuleState
    where T : unmanaged, INumber<T>
{
    protected StoredColumn Column => column;

    protected ValueSpool<T> Values { get; } = new(context.Space);

    /// <summary>Whether ranks are numbers, and not dates or times.</summary>
    protected bool IsNumber => column.IsNumber || column.Kind == ColumnKind.Null;

    public sealed override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        using var values = CheckedValues<T>.Of(column, batch, marks);
        Values.Add(values.Values);
    }

    public sealed override void Merge(RuleState other, long rowsBefore) => Values.Merge(((RankState<T>)other).Values);

    public sealed override void Save(BinaryWriter writer) => Values.Save(writer);

    public sealed override void Load(BinaryReader reader) => Values.Load(reader);

    /// <summary>A stored value as a number; minus zero is zero, since either may stand at a rank.</summary>
    protected double Number(T value) => value is double number ? number + 0d : column.ToDouble(Int128.CreateChecked(value));

    protected override void Dispose(bool disposing)
    {
        Values.Dispose();
        base.Dispose(disposing);
    }
}
