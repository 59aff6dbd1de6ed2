using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The share of rows that have a value in all, or in any, of some columns lies between two bounds.</summary>
public sealed class CompletenessRule : SeveralColumnsRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The columns, at least one.</param>
    /// <param name="min">The lowest share, 0 to 1; null for none.</param>
    /// <param name="max">The highest share, 0 to 1; null for none. <value>Default: null.</value></param>
    /// <param name="any">Whether one of the columns is enough. <value>Default: false.</value></param>
    /// <param name="strictMin">Whether the lowest share itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the highest share itself is too high. <value>Default: false.</value></param>
    public CompletenessRule(IReadOnlyList<string> columns, double? min, double? max = null, bool any = false, bool strictMin = false, bool strictMax = false)
        : base(columns, 1, IgnoredRows.None)
    {
        if (min is not (null or (>= 0 and <= 1)) || max is not (null or (>= 0 and <= 1)) || min > max)
            throw new ArgumentException("Completeness lies between shares from 0 to 1.", nameof(min));
        _bounds = new BoundPair(min, max, strictMin, strictMax);
        IsAny = any;
    }

    /// <summary>The lowest share, or null.</summary>
    public double? Min => (double?)_bounds.Min;

    /// <summary>The highest share, or null.</summary>
    public double? Max => (double?)_bounds.Max;

    /// <summary>Whether the lowest share itself is too low.</summary>
    public bool StrictMin => _bounds.StrictMin;

    /// <summary>Whether the highest share itself is too high.</summary>
    public bool StrictMax => _bounds.StrictMax;

    /// <summary>Whether one of the columns is enough.</summary>
    public bool IsAny { get; }

    /// <inheritdoc/>
    public override string Name => "completeness";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("min", Min), RuleParameter.Of("max", Max), RuleParameter.Of("any", IsAny),
        .. StrictMin ? [RuleParameter.Of("strict_min", true)] : System.Array.Empty<RuleParameter>(),
        .. StrictMax ? [RuleParameter.Of("strict_max", true)] : System.Array.Empty<RuleParameter>(),
    ];

    /// <inheritdoc/>
    public override string Expectation => $"the share of rows with {(IsAny ? "any" : "all")} of {List} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        int[] ordinals = [.. Columns.Select(c => Ordinal(schema, c))];
        var bounds = Bounds.OfNumber(_bounds, r => Unfit(Columns[0], r));
        return Observation.Merging(_ => new State(ordinals, IsAny ? IgnoredRows.AllMissing : IgnoredRows.AnyMissing, bounds));
    }

    private sealed class State(int[] ordinals, IgnoredRows incomplete, Bounds bounds) : RuleState
    {
        private long _rows;
        private long _complete;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            _rows += marks.Length - Marks.Count(marks, RowMark.Skipped);
            MissingRows.Skip(batch, ordinals, incomplete, marks);
            _complete += marks.Length - Marks.Count(marks, RowMark.Skipped);
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            _rows += ((State)other)._rows;
            _complete += ((State)other)._complete;
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_rows);
            writer.Write(_complete);
        }

        public override void Load(BinaryReader reader) => (_rows, _complete) = (StateFormat.Count(reader), StateFormat.Count(reader));

        public override Verdict Finish(Verdict counted) => _rows == 0
            ? counted
            : Observation.Verdict(counted, bounds.Hold((double)_complete / _rows), Observation.Number((double)_complete / _rows));
    }
}
