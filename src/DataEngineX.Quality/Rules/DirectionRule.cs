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
            ColumnKind.Double or ColumnKind.Null => new Bound(() => new NumberDirection<double>(column, this)),
            ColumnKind.Long => new Bound(() => new NumberDirection<long>(column, this)),
            ColumnKind.Wide => new Bound(() => new NumberDirection<Int128>(column, this)),
            _ => throw Unfit(Column, $"values of type {column.TypeName} have no order."),
        };
    }

    private sealed class Bound(Func<RuleState> state) : BoundRule
    {
        public override RuleState CreateState(RuleContext context) => state();
    }

    /// <summary>The first value and the last one: what the rows before and after are held against.</summary>
    private abstract class Direction<T> : OrderedState
    {
        private T? _first;

        /// <summary>The last value, once there is one.</summary>
        protected T? Last { get; set; }

        /// <summary>The row of the first value.</summary>
        protected VerdictSample? Opening { get; private set; }

        public override void Merge(RuleState other, long rowsBefore)
        {
            var next = (Direction<T>)other;
            if (next.Opening is null)
                return;
            var opening = next.Opening with { Row = next.Opening.Row + rowsBefore };
            if (Opening is null)
                Open(next._first!, opening);
            else if (!Holds(Last!, next._first!))
                AddJoint(opening);
            Last = next.Last;
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(Opening is not null);
            if (Opening is null)
                return;
            SampleFormat.Save(writer, Opening);
            Write(writer, _first!);
            Write(writer, Last!);
        }

        public override void Load(BinaryReader reader)
        {
            if (!reader.ReadBoolean())
                return;
            var opening = SampleFormat.Load(reader);
            Open(Read(reader), opening);
            Last = Read(reader);
        }

        protected void Open(T first, VerdictSample opening) => (_first, Opening) = (first, opening);

        protected abstract bool Holds(T before, T after);

        protected abstract void Write(BinaryWriter writer, T value);

        protected abstract T Read(BinaryReader reader);
    }

    private sealed class NumberDirection<T>(StoredColumn column, DirectionRule rule) : Direction<T>
        where T : unmanaged, System.Numerics.INumber<T>
    {
        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = column.Values<T>(batch, out var rented);
            var last = Last;
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                if (Opening is null)
                    Open(values[i], batch.Sample(i, column.Ordinal));
                else if (!Holds(last, values[i]))
                    marks[i] = RowMark.Violates;
                last = values[i];
            }

            Last = last;
            StoredColumn.Return(rented);
        }

        protected override bool Holds(T before, T after)
        {
            var (low, high) = rule.IsDecreasing ? (after, before) : (before, after);
            return rule.IsStrict ? low < high : low <= high;
        }

        protected override void Write(BinaryWriter writer, T value) => ValueFormat.Write(writer, value);

        protected override T Read(BinaryReader reader) => ValueFormat.Read<T>(reader);
    }

    private sealed class TextDirection(StoredColumn column, DirectionRule rule) : Direction<byte[]>
    {
        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var texts = new TextColumn(batch.Column(column.Ordinal));
            var last = (ReadOnlySpan<byte>)Last;
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                if (Opening is null)
                    Open(texts[i].ToArray(), batch.Sample(i, column.Ordinal));
                else if (!Holds(last, texts[i]))
                    marks[i] = RowMark.Violates;
                last = texts[i];
            }

            if (Opening is not null)
                Last = last.ToArray();
        }

        protected override bool Holds(byte[] before, byte[] after) => Holds((ReadOnlySpan<byte>)before, after);

        protected override void Write(BinaryWriter writer, byte[] value) => ValueFormat.WriteBytes(writer, value);

        protected override byte[] Read(BinaryReader reader) => ValueFormat.ReadBytes(reader) ?? throw new FormatException("The last value of a column is missing.");

        private bool Holds(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
        {
            var order = rule.IsDecreasing ? before.SequenceCompareTo(after) : after.SequenceCompareTo(before);
            return rule.IsStrict ? order > 0 : order >= 0;
        }
    }
}
