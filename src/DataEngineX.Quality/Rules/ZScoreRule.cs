using System.Buffers.Binary;
using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The values of a column are less than a number of standard deviations from its mean. The deviation is that of a sample (n - 1); where it is
/// zero or missing, every value violates. All values are held, since mean and deviation are known only after the last.
/// </summary>
public sealed class ZScoreRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, numeric.</param>
    /// <param name="threshold">The number of deviations; that number itself is too far.</param>
    /// <param name="doubleSided">Whether values below the mean are checked too. <value>Default: true.</value></param>
    public ZScoreRule(string column, double threshold, bool doubleSided = true)
        : base(column)
    {
        if (!double.IsFinite(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"z_score on column '{column}' needs a finite threshold.");
        Threshold = threshold;
        IsDoubleSided = doubleSided;
    }

    /// <summary>The number of deviations.</summary>
    public double Threshold { get; }

    /// <summary>Whether values below the mean are checked too.</summary>
    public bool IsDoubleSided { get; }

    /// <inheritdoc/>
    public override string Name => "z_score";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        [RuleParameter.Of("threshold", Threshold), RuleParameter.Of("double_sided", IsDoubleSided)];

    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture, $"{Column} is less than {Threshold} standard deviations {(IsDoubleSided ? "from" : "above")} its mean");

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema) => new Bound(this, FindNumber(schema));

    private sealed class Bound(ZScoreRule rule, StoredColumn column) : BoundRule
    {
        public override bool NeedsAllRows => true;

        public override bool InOrder => false;

        public override RuleState CreateState(RuleContext context) => new State(rule, column, context);
    }

    private sealed class State(ZScoreRule rule, StoredColumn column, RuleContext context) : RuleState
    {
        private const int Header = 20;

        // Of each row its value, its number, and behind their length the bytes that tell it apart.
        private readonly Spool _rows = new(context.Space);
        private DoubleSums _sums;
        private (double Mean, double Deviation)? _center;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = column.Values<double>(batch, out var stored);
            _sums = _sums.Merge(DoubleSums.Of(Dense.Of(values, marks, out var dense)));
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds)
                    Keep(values[i], batch.RowNumber(i), batch.HasIdentity ? SampleFormat.Identity(batch, i) : []);
            }

            StoredColumn.Return(dense);
            StoredColumn.Return(stored);
            if (context.Space.IsFull)
                _rows.Spill();
        }

        public override void Revisit(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            _center ??= (_sums.Mean, _sums.StandardDeviation);
            var values = column.Values<double>(batch, out var rented);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds && !Near(values[i], _center.Value))
                    marks[i] = RowMark.Violates;
            }

            StoredColumn.Return(rented);
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            var own = (State)other;
            _sums = _sums.Merge(own._sums);
            if (rowsBefore == 0 && ReferenceEquals(_rows.Space, own._rows.Space))
                _rows.Take(own._rows);
            else
                own._rows.Read(records => Each(records, (value, row, identity) => Keep(value, row + rowsBefore, identity)));
        }

        public override void Save(BinaryWriter writer)
        {
            _sums.Save(writer);
            _rows.Save(writer);
        }

        public override void Load(BinaryReader reader)
        {
            _sums = DoubleSums.Load(reader);
            for (var left = StateFormat.Count(reader); left > 0;)
            {
                var (value, row, length) = (reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt32());
                if (length < 0)
                    throw new FormatException($"The state holds {length} bytes of a row.");
                Keep(value, row, StateFormat.Block(reader, length));
                left -= Header + length;
            }
        }

        public override Verdict Finish(Verdict counted)
        {
            var failing = new FailingRows(context.MaxSamples);
            var failed = 0L;
            var center = (_sums.Mean, _sums.StandardDeviation);
            _rows.Read(records => Each(records, (value, row, identity) =>
            {
                if (Near(value, center))
                    return;
                failed++;
                if (!failing.Wants(row))
                    return;
                var json = Observation.Number(column.Scale == 0 ? value : value / Math.Pow(10, column.Scale));
                failing.Add(SampleFormat.WithIdentity(new VerdictSample(row, json) { Json = json }, identity));
            }));
            return counted with
            {
                Outcome = context.Decide(_sums.Count, failed),
                Checked = _sums.Count,
                Failed = failed,
                Samples = failing.Samples(),
                CommonValues = failing.Common(),
            };
        }

        protected override void Dispose(bool disposing)
        {
            _rows.Dispose();
            base.Dispose(disposing);
        }

        private static void Each(ReadOnlySpan<byte> records, RowReader reader)
        {
            while (!records.IsEmpty)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(records[16..]);
                reader(BinaryPrimitives.ReadDoubleLittleEndian(records), BinaryPrimitives.ReadInt64LittleEndian(records[8..]), records.Slice(Header, length));
                records = records[(Header + length)..];
            }
        }

        private void Keep(double value, long row, ReadOnlySpan<byte> identity)
        {
            var room = _rows.Room(Header + identity.Length);
            BinaryPrimitives.WriteDoubleLittleEndian(room, value);
            BinaryPrimitives.WriteInt64LittleEndian(room[8..], row);
            BinaryPrimitives.WriteInt32LittleEndian(room[16..], identity.Length);
            identity.CopyTo(room[Header..]);
            _rows.Commit(Header + identity.Length);
        }

        private bool Near(double value, (double Mean, double Deviation) center)
        {
            var score = (value - center.Mean) / center.Deviation;
            return (rule.IsDoubleSided ? Math.Abs(score) : score) < rule.Threshold;
        }

        private delegate void RowReader(double value, long row, ReadOnlySpan<byte> identity);
    }
}
