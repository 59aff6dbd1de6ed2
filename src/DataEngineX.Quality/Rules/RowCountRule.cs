using System.Globalization;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The number of rows lies between two bounds, both included. Always evaluated: no rows are zero rows.</summary>
public sealed class RowCountRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="min">The fewest rows; null for any.</param>
    /// <param name="max">The most rows; null for any.</param>
    /// <exception cref="ArgumentException">A bound is negative, or the lower is above the upper.</exception>
    public RowCountRule(long? min, long? max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min ?? 0, nameof(min));
        ArgumentOutOfRangeException.ThrowIfNegative(max ?? 0, nameof(max));
        if (min > max)
            throw new ArgumentException($"A row count cannot be at least {min} and at most {max}.", nameof(min));
        Min = min;
        Max = max;
        Parameters = [RuleParameter.Of("min", min), RuleParameter.Of("max", max)];
        Expectation = (min, max) switch
        {
            (null, null) => "there is any number of rows",
            (null, _) => Invariant($"there are at most {max} rows"),
            (_, null) => Invariant($"there are at least {min} rows"),
            _ when min == max => Invariant($"there are {min} rows"),
            _ => Invariant($"there are between {min} and {max} rows"),
        };
    }

    /// <summary>The fewest rows, or null.</summary>
    public long? Min { get; }

    /// <summary>The most rows, or null.</summary>
    public long? Max { get; }

    /// <inheritdoc/>
    public override string Name => "row_count";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <inheritdoc/>
    public override string Expectation { get; }

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema) => new Bound(this);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Bound(RowCountRule rule) : BoundRule
    {
        public override bool MarksRows => false;

        public override bool InOrder => false;

        public override RuleState CreateState(RuleContext context) => new Counter(rule);
    }

    private sealed class Counter(RowCountRule rule) : RuleState
    {
        private long _rows;

        public override void Update(RuleBatch batch, Span<RowMark> marks) => _rows += marks.Length - Marks.Count(marks, RowMark.Skipped);

        public override void Merge(RuleState other, long rowsBefore) => _rows += ((Counter)other)._rows;

        public override void Save(BinaryWriter writer) => writer.Write(_rows);

        public override void Load(BinaryReader reader) => _rows = StateFormat.Count(reader);

        public override Verdict Finish(Verdict counted)
        {
            ArgumentNullException.ThrowIfNull(counted);
            var fails = _rows < (rule.Min ?? 0) || _rows > (rule.Max ?? long.MaxValue);
            return counted with
            {
                Outcome = fails ? VerdictOutcome.Fail : VerdictOutcome.Pass,
                Checked = 1,
                Failed = fails ? 1 : 0,
                Observed = _rows.ToString(CultureInfo.InvariantCulture),
                ObservedJson = _rows.ToString(CultureInfo.InvariantCulture),
            };
        }
    }
}
