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

    private sealed class Direction<T>(StoredColumn column, DirectionRule rule) : OrderedState
        where T : unmanaged, System.Numerics.INumber<T>
    {
        private T _last;
        private T _first;
        private VerdictSample? _opening;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = column.Values<T>(batch, out var rented);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                if (_opening is null)
                    (_first, _opening) = (values[i], batch.Sample(i, column.Ordinal));
                else if (!Holds(_last, values[i]))
                    marks[i] = RowMark.Violates;
                _last = values[i];
            }

            StoredColumn.Return(rented);
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            var next = (Direction<T>)other;
            if (next._opening is null)
                return;
            var opening = next._opening with { Row = next._opening.Row + rowsBefore };
            if (_opening is null)
                (_first, _opening) = (next._first, opening);
            else if (!Holds(_last, next._first))
                AddJoint(opening);
            _last = next._last;
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_opening is not null);
            if (_opening is null)
                return;
            SampleFormat.Save(writer, _opening);
            ValueFormat.Write(writer, _first);
            ValueFormat.Write(writer, _last);
        }

        public override void Load(BinaryReader reader)
        {
            if (reader.ReadBoolean())
                (_opening, _first, _last) = (SampleFormat.Load(reader), ValueFormat.Read<T>(reader), ValueFormat.Read<T>(reader));
        }

        private bool Holds(T before, T after)
        {
            var (low, high) = rule.IsDecreasing ? (after, before) : (before, after);
            return rule.IsStrict ? low < high : low <= high;
        }
    }

    private sealed class TextDirection(StoredColumn column, DirectionRule rule) : OrderedState
    {
        private byte[]? _last;
        private byte[]? _first;
        private VerdictSample? _opening;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var texts = new TextColumn(batch.Column(column.Ordinal));
            var last = (ReadOnlySpan<byte>)_last;
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                if (_opening is null)
                    (_first, _opening) = (texts[i].ToArray(), batch.Sample(i, column.Ordinal));
                else if (!Holds(last, texts[i]))
                    marks[i] = RowMark.Violates;
                last = texts[i];
            }

            if (_opening is not null)
                _last = last.ToArray();
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            var next = (TextDirection)other;
            if (next._opening is null)
                return;
            var opening = next._opening with { Row = next._opening.Row + rowsBefore };
            if (_opening is null)
                (_first, _opening) = (next._first, opening);
            else if (!Holds(_last, next._first))
                AddJoint(opening);
            _last = next._last;
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_opening is not null);
            if (_opening is null)
                return;
            SampleFormat.Save(writer, _opening);
            ValueFormat.WriteBytes(writer, _first);
            ValueFormat.WriteBytes(writer, _last);
        }

        public override void Load(BinaryReader reader)
        {
            if (reader.ReadBoolean())
                (_opening, _first, _last) = (SampleFormat.Load(reader), ValueFormat.ReadBytes(reader), ValueFormat.ReadBytes(reader));
        }

        private bool Holds(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
        {
            var order = rule.IsDecreasing ? before.SequenceCompareTo(after) : after.SequenceCompareTo(before);
            return rule.IsStrict ? order > 0 : order >= 0;
        }
    }
}
