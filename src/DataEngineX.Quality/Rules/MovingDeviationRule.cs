using System.Globalization;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The sum of a column in each of the last periods is no more than so many standard deviations away from the mean of the periods before it. Rows with a missing
/// time or value are left out.
/// </summary>
/// <remarks>
/// Periods are those that have rows, in UTC. Where the periods before do not vary, the sum must be theirs. A period with fewer than two before it is not
/// tested; without any that is, there is nothing to check.
/// </remarks>
public sealed class MovingDeviationRule : Rule
{
    private readonly CalendarBuckets _buckets;

    /// <summary>Creates the rule.</summary>
    /// <param name="time">The column with the time: a date or a timestamp.</param>
    /// <param name="value">The column that is added up, numeric.</param>
    /// <param name="unit">The unit of a period. <value>Default: a day.</value></param>
    /// <param name="sigma">How many standard deviations (n - 1) a sum may be away. <value>Default: 3.</value></param>
    /// <param name="trend">How many periods before make mean and deviation, at least 2. <value>Default: 7.</value></param>
    /// <param name="test">How many periods before the last one are tested beside it. <value>Default: 14.</value></param>
    /// <param name="differences">
    /// How many periods back the sum is that is taken from each; 0 to test the sums themselves. <value>Default: 1.</value>
    /// </param>
    /// <param name="logarithms">Whether the logarithms of the sums are tested; a sum that has none is left out. <value>Default: true.</value></param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public MovingDeviationRule(
        string time, string value, CalendarUnit unit = CalendarUnit.Day, double sigma = 3, int trend = 7, int test = 14, int differences = 1, bool logarithms = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(time);
        ArgumentException.ThrowIfNullOrEmpty(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(trend, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(test);
        ArgumentOutOfRangeException.ThrowIfNegative(differences);
        if (!(sigma > 0) || double.IsInfinity(sigma))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "A deviation is a number above 0.");
        _buckets = new CalendarBuckets(unit, 1).Checked();
        Columns = [time, value];
        (Sigma, Trend, Test, Differences, Logarithms) = (sigma, trend, test, differences, logarithms);
    }

    /// <summary>The unit of a period.</summary>
    public CalendarUnit Unit => _buckets.Unit;

    /// <summary>How many standard deviations a sum may be away.</summary>
    public double Sigma { get; }

    /// <summary>How many periods before make mean and deviation.</summary>
    public int Trend { get; }

    /// <summary>How many periods before the last one are tested beside it.</summary>
    public int Test { get; }

    /// <summary>How many periods back the sum is that is taken from each; 0 for none.</summary>
    public int Differences { get; }

    /// <summary>Whether the logarithms of the sums are tested.</summary>
    public bool Logarithms { get; }

    /// <inheritdoc/>
    public override string Name => "moving_deviation";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("unit", Unit.ToString().ToLowerInvariant()),
        RuleParameter.Of("sigma", Sigma),
        RuleParameter.Of("trend", Trend),
        RuleParameter.Of("test", Test),
        RuleParameter.Of("differences", Differences),
        RuleParameter.Of("logarithms", Logarithms),
    ];

    /// <inheritdoc/>
    public override string Expectation => string.Create(
        CultureInfo.InvariantCulture, $"{Columns[1]} by {Unit.ToString().ToLowerInvariant()} of {Columns[0]} stays within {Sigma:R} deviations of the {Trend} before");

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var time = StoredColumn.Of(schema, Ordinal(schema, Columns[0]));
        var value = StoredColumn.Of(schema, Ordinal(schema, Columns[1]));
        var ticks = CalendarBuckets.TicksOf(time.Type) ?? throw Unfit(time.Name, $"it must be a date or a timestamp, not {time.TypeName}.");
        if (!value.IsNumber && value.Kind != ColumnKind.Null)
            throw Unfit(value.Name, $"it must be numeric, not {value.TypeName}.");
        return Observation.Merging(_ => new State(this, time, value, ticks));
    }

    private sealed class State(MovingDeviationRule rule, StoredColumn time, StoredColumn value, long ticks) : RuleState
    {
        private readonly Dictionary<long, LongDouble> _sums = [];
        private readonly double _scale = Math.Pow(10, value.Scale);

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(time.Ordinal, marks);
            batch.SkipMissing(value.Ordinal, marks);
            var times = time.Values<long>(batch, out var rentedTimes);
            var values = value.Values<double>(batch, out var rentedValues);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_sums, rule._buckets.Of(times[i], ticks), out _);
                sum = sum.Add(values[i] / _scale);
            }

            StoredColumn.Return(rentedTimes);
            StoredColumn.Return(rentedValues);
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            foreach (var (bucket, sum) in ((State)other)._sums)
                _sums[bucket] = _sums.GetValueOrDefault(bucket).Add(sum);
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_sums.Count);
            foreach (var (bucket, sum) in _sums)
            {
                writer.Write(bucket);
                sum.Save(writer);
            }
        }

        public override void Load(BinaryReader reader)
        {
            for (var left = reader.ReadInt32(); left > 0; left--)
                _sums[reader.ReadInt64()] = LongDouble.Load(reader);
        }

        public override Verdict Finish(Verdict counted) =>
            MovingDeviations.Finish(rule, rule._buckets, counted, _sums.ToDictionary(s => s.Key, s => s.Value.Value));
    }
}
