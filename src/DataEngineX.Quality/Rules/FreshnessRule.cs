using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The newest time in a column is at most a span older than the run's clock.</summary>
/// <remarks>
/// Times after the clock are left out, so that one wrong row cannot make old data look fresh; with nothing left the rule has nothing to check.
/// Fits timestamps (without zone they count as UTC) and dates (a date stands for its first instant in UTC).
/// </remarks>
public sealed class FreshnessRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column with the time of the event.</param>
    /// <param name="span">How old the newest may be; that age itself is still fresh.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative.</exception>
    public FreshnessRule(string column, TimeSpan span)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        Columns = [column];
        Span = span;
        Parameters = [RuleParameter.Of("span", span)];
    }

    /// <summary>How old the newest time may be.</summary>
    public TimeSpan Span { get; }

    /// <inheritdoc/>
    public override string Name => "freshness";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <inheritdoc/>
    public override string Expectation => $"the newest {Columns[0]} is at most {RuleText.Of(Span)} old";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, Columns[0]);
        var type = schema.GetFieldByIndex(ordinal).DataType;
        // How many storage units a tick, or how many ticks a storage unit.
        (long Multiply, long Divide) ticks = type switch
        {
            Date32Type => (TimeSpan.TicksPerDay, 1),
            Date64Type => (TimeSpan.TicksPerMillisecond, 1),
            TimestampType { Unit: TimeUnit.Second } => (TimeSpan.TicksPerSecond, 1),
            TimestampType { Unit: TimeUnit.Millisecond } => (TimeSpan.TicksPerMillisecond, 1),
            TimestampType { Unit: TimeUnit.Microsecond } => (TimeSpan.TicksPerMicrosecond, 1),
            TimestampType => (1, 100),
            _ => throw Unfit(Columns[0], $"freshness needs a timestamp or a date, not {ArrowTypes.NameOf(type)}."),
        };
        return new Bound(this, ordinal, ticks.Multiply, ticks.Divide);
    }

    private sealed class Bound(FreshnessRule rule, int ordinal, long multiply, long divide) : BoundRule
    {
        public override bool MarksRows => false;

        public override bool InOrder => false;

        public override RuleState CreateState(RuleContext context) =>
            new Newest(rule, ordinal, multiply, divide, context.Parameters.Clock.UtcTicks - DateTime.UnixEpoch.Ticks);
    }

    private sealed class Newest(FreshnessRule rule, int ordinal, long multiply, long divide, long clock) : RuleState
    {
        private readonly Int128 _limit = divide == 1 ? Int128.CreateChecked(Math.Floor((decimal)clock / multiply)) : (Int128)clock * divide;
        private long? _newest;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(ordinal, marks);
            var column = batch.Column(ordinal);
            if (column is Date32Array)
            {
                var days = RuleBatch.Values<int>(column);
                for (var i = 0; i < marks.Length; i++)
                {
                    if (marks[i] == RowMark.Holds)
                        See(days[i]);
                }

                return;
            }

            var values = RuleBatch.Values<long>(column);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds)
                    See(values[i]);
            }
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            if (((Newest)other)._newest is { } newest)
                See(newest);
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_newest.HasValue);
            writer.Write(_newest ?? 0);
        }

        public override void Load(BinaryReader reader)
        {
            var (hasAny, newest) = (reader.ReadBoolean(), reader.ReadInt64());
            _newest = hasAny ? newest : null;
        }

        public override Verdict Finish(Verdict counted)
        {
            ArgumentNullException.ThrowIfNull(counted);
            if (_newest is not { } newest)
                return counted;
            var ticks = (Int128)newest * multiply / divide;
            var fails = ((Int128)clock * divide) - ((Int128)newest * multiply) > (Int128)rule.Span.Ticks * divide;
            return counted with
            {
                Outcome = fails ? VerdictOutcome.Fail : VerdictOutcome.Pass,
                Checked = 1,
                Failed = fails ? 1 : 0,
                Observed = Text(ticks),
                ObservedJson = CellText.Json(writer => writer.WriteStringValue(Text(ticks))),
            };
        }

        private static string Text(Int128 ticks)
        {
            var absolute = ticks + DateTime.UnixEpoch.Ticks;
            return absolute < 0 ? "before year 1" : new DateTime((long)absolute, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
        }

        private void See(long value)
        {
            if (value <= _limit && !(value <= _newest))
                _newest = value;
        }
    }
}
