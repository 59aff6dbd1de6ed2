using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The values of a column rise, or fall, from row to row. Each is compared with the one before it that is not missing; the later of the two
/// violates. Missing values are not checked.
/// </summary>
public sealed class DirectionRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="decreasing">Whether values fall. <value>Default: false, they rise.</value></param>
    /// <param name="strictly">Whether a value must not equal the one before. <value>Default: false.</value></param>
    public DirectionRule(string column, bool decreasing = false, bool strictly = false)
        : base(column)
    {
        IsDecreasing = decreasing;
        IsStrict = strictly;
    }

    /// <summary>Whether values fall.</summary>
    public bool IsDecreasing { get; }

    /// <summary>Whether a value must not equal the one before.</summary>
    public bool IsStrict { get; }

    /// <inheritdoc/>
    public override string Name => IsDecreasing ? "decreasing" : "increasing";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("strictly", IsStrict)];

    /// <inheritdoc/>
    public override string Expectation => $"{Column} {(IsDecreasing ? "falls" : "rises")}{(IsStrict ? " with every row" : " or stays")}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        return column.Kind switch
        {
            ColumnKind.Text => new Bound(() => new TextDirection(column, this)),
            ColumnKind.Double or ColumnKind.Null => new Bound(() => new Direction<double>(column, this)),
            ColumnKind.Long => new Bound(() => new Direction<long>(column, this)),
            ColumnKind.Wide => new Bound(() => new Direction<Int128>(column, this)),
            _ => throw Unfit(Column, $"values of type {column.TypeName} have no order."),
        };
    }

    private sealed class Bound(Func<RuleState> state) : BoundRule
    {
        public override RuleState CreateState(RuleContext context) => state();
    }

    private sealed class Direction<T>(StoredColumn column, DirectionRule rule) : RuleState
        where T : unmanaged, System.Numerics.INumber<T>
    {
        private T _last;
        private bool _any;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = column.Values<T>(batch, out var rented);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                var (before, after) = rule.IsDecreasing ? (values[i], _last) : (_last, values[i]);
                if (_any && !(rule.IsStrict ? before < after : before <= after))
                    marks[i] = RowMark.Violates;
                (_last, _any) = (values[i], true);
            }

            StoredColumn.Return(rented);
        }
    }

    private sealed class TextDirection(StoredColumn column, DirectionRule rule) : RuleState
    {
        private byte[]? _last;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var texts = new TextColumn(batch.Column(column.Ordinal));
            var last = (ReadOnlySpan<byte>)_last;
            var any = _last is not null;
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                var order = rule.IsDecreasing ? last.SequenceCompareTo(texts[i]) : texts[i].SequenceCompareTo(last);
                if (any && (order < 0 || (rule.IsStrict && order == 0)))
                    marks[i] = RowMark.Violates;
                last = texts[i];
                any = true;
            }

            if (any)
                _last = last.ToArray();
        }
    }
}
