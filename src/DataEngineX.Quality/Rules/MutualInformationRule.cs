using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// The mutual information of two columns, in nats, lies between two bounds: what the value of one tells of the other. Rows in which one of them
/// is missing are left out.
/// </summary>
public sealed class MutualInformationRule : SeveralColumnsRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    public MutualInformationRule(string first, string second, double? min, double? max)
        : base([first, second], 2, IgnoredRows.AnyMissing) => _bounds = new BoundPair(min, max).Checked("mutual_information");

    /// <summary>The lower bound, or null.</summary>
    public double? Min => (double?)_bounds.Min;

    /// <summary>The upper bound, or null.</summary>
    public double? Max => (double?)_bounds.Max;

    /// <inheritdoc/>
    public override string Name => "mutual_information";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("min", Min), RuleParameter.Of("max", Max)];

    /// <inheritdoc/>
    public override string Expectation => $"the mutual information of {List} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        if (columns.FirstOrDefault(c => !ValueCounts.Fits(c)) is { } unfit)
            throw Unfit(unfit.Name, $"values of type {unfit.TypeName} cannot be counted.");
        var bounds = Bounds.OfNumber(_bounds, r => Unfit(Columns[0], r));
        return Observation.Rule(c => new State(columns, bounds, c));
    }

    private sealed class State(StoredColumn[] columns, Bounds bounds, RuleContext context) : RuleState
    {
        private readonly ValueCounts _first = new([columns[0]], context.Allocator);
        private readonly ValueCounts _second = new([columns[1]], context.Allocator);
        private readonly ValueCounts _both = new(columns, context.Allocator);

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(columns[0].Ordinal, marks);
            batch.SkipMissing(columns[1].Ordinal, marks);
            _first.Add(batch, marks);
            _second.Add(batch, marks);
            _both.Add(batch, marks);
        }

        public override Verdict Finish(Verdict counted)
        {
            // What rounding leaves below zero is zero.
            var information = _both.Total == 0 ? 0 : Math.Max(0, _first.Entropy() + _second.Entropy() - _both.Entropy());
            return Observation.Verdict(counted, bounds.Hold(information), Observation.Number(information));
        }

        protected override void Dispose(bool disposing)
        {
            _first.Dispose();
            _second.Dispose();
            _both.Dispose();
            base.Dispose(disposing);
        }
    }
}
