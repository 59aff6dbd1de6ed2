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

        public override RuleState CreateState(RuleContext context) => new State(rule, column, context);
    }

    private sealed class State(ZScoreRule rule, StoredColumn column, RuleContext context) : RuleState
    {
        private readonly Moments _moments = new();
        private readonly ValueList<double> _values = new(context.Allocator);
        private readonly ValueList<long> _rows = new(context.Allocator);
        private readonly List<IReadOnlyList<VerdictField>> _keys = [];

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = Dense.Of(column.Values<double>(batch, out var stored), marks, out var dense);
            _moments.Add(values);
            _values.Add(values);
            StoredColumn.Return(dense);
            StoredColumn.Return(stored);
            Span<long> row = [0];
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                row[0] = batch.RowNumber(i);
                _rows.Add(row);
                if (context.KeyOrdinals.Count > 0)
                    _keys.Add(batch.KeysOf(i));
            }
        }

        public override void Revisit(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = column.Values<double>(batch, out var rented);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds && !Near(values[i]))
                    marks[i] = RowMark.Violates;
            }

            StoredColumn.Return(rented);
        }

        public override Verdict Finish(Verdict counted)
        {
            var samples = new List<VerdictSample>();
            var common = new CommonValues();
            var failed = 0L;
            for (var i = 0; i < _values.Count; i++)
            {
                if (Near(_values[i]))
                    continue;
                failed++;
                var json = column.Scale == 0 ? Observation.Number(_values[i]) : Observation.Number(_values[i] / Math.Pow(10, column.Scale));
                if (samples.Count < context.MaxSamples)
                    samples.Add(new VerdictSample(_rows[i], json) { Json = json, Keys = _keys.Count > 0 ? _keys[i] : [] });
                if (common.Wants)
                    common.Add(json, json);
            }

            return counted with
            {
                Outcome = context.Decide(_values.Count, failed),
                Checked = _values.Count,
                Failed = failed,
                Samples = samples,
                CommonValues = common.ToList(),
            };
        }

        protected override void Dispose(bool disposing)
        {
            _values.Dispose();
            _rows.Dispose();
            base.Dispose(disposing);
        }

        private bool Near(double value)
        {
            var score = (value - _moments.Mean) / _moments.StandardDeviation;
            return (rule.IsDoubleSided ? Math.Abs(score) : score) < rule.Threshold;
        }
    }
}
