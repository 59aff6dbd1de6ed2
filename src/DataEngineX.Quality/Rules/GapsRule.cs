using System.Globalization;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// Between the first and the last time of a column, no interval is without a row: each hour, every five minutes, each month. Intervals are
/// counted in UTC from 1970, weeks from Monday. Missing values are left out.
/// </summary>
public sealed class GapsRule : ColumnRule
{
    private const int MaxListed = 100;
    private readonly CalendarBuckets _buckets;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column: a date or a timestamp.</param>
    /// <param name="unit">The unit of the interval, from years to seconds.</param>
    /// <param name="count">How many units an interval is long. <value>Default: 1.</value></param>
    public GapsRule(string column, CalendarUnit unit, int count = 1)
        : base(column)
    {
        _buckets = new CalendarBuckets(unit, count).Checked();
    }

    /// <summary>The unit of the interval.</summary>
    public CalendarUnit Unit => _buckets.Unit;

    /// <summary>How many units an interval is long.</summary>
    public int Count => _buckets.Count;

    /// <inheritdoc/>
    public override string Name => "no_gaps";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        [RuleParameter.Of("unit", Unit.ToString().ToLowerInvariant()), RuleParameter.Of("count", Count)];

    /// <inheritdoc/>
    public override string Expectation => $"{Column} has a row every {Count} {Unit.ToString().ToLowerInvariant()}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        var ticks = CalendarBuckets.TicksOf(column.Type) ?? throw Unfit(Column, $"it must be a date or a timestamp, not {column.TypeName}.");
        return Observation.Merging(_ => new State(this, column, ticks));
    }

    private sealed class State(GapsRule rule, StoredColumn column, long ticks) : RuleState
    {
        private readonly HashSet<long> _buckets = [];
        private long? _last;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(column.Ordinal, marks);
            var values = column.Values<long>(batch, out var rented);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                var bucket = rule._buckets.Of(values[i], ticks);
                // Rows of one time mostly stand together.
                if (bucket != _last)
                    _buckets.Add(bucket);
                _last = bucket;
            }

            StoredColumn.Return(rented);
        }

        public override void Merge(RuleState other, long rowsBefore) => _buckets.UnionWith(((State)other)._buckets);

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_buckets.Count);
            foreach (var bucket in _buckets)
                writer.Write(bucket);
        }

        public override void Load(BinaryReader reader)
        {
            for (var left = reader.ReadInt32(); left > 0; left--)
                _buckets.Add(reader.ReadInt64());
        }

        public override Verdict Finish(Verdict counted)
        {
            if (_buckets.Count == 0)
                return counted;
            long[] sorted = [.. _buckets.Order()];
            var missing = sorted[^1] - sorted[0] + 1 - sorted.Length;
            var listed = new List<string>();
            for (var i = 1; i < sorted.Length && listed.Count < MaxListed; i++)
            {
                for (var gap = sorted[i - 1] + 1; gap < sorted[i] && listed.Count < MaxListed; gap++)
                    listed.Add(rule._buckets.StartOf(gap).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            }

            return Observation.Verdict(
                counted, missing == 0, Observation.Number(missing), new VerdictField("missing", RuleParameter.Of("missing", listed).Json));
        }
    }
}
