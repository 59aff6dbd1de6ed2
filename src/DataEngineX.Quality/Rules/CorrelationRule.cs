using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The correlation (Pearson) of two columns lies between two bounds. Rows in which one of them is missing are left out.</summary>
/// <remarks>It is missing, and in no bounds, below two rows or where one of the columns does not vary.</remarks>
public sealed class CorrelationRule : SeveralColumnsRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column, numeric.</param>
    /// <param name="second">The second column, numeric.</param>
    /// <param name="min">The lower bound, -1 to 1; null for none.</param>
    /// <param name="max">The upper bound, -1 to 1; null for none.</param>
    public CorrelationRule(string first, string second, double? min, double? max)
        : base([first, second], 2, IgnoredRows.AnyMissing) => _bounds = new BoundPair(min, max).Checked("correlation");

    /// <summary>The lower bound, or null.</summary>
    public double? Min => (double?)_bounds.Min;

    /// <summary>The upper bound, or null.</summary>
    public double? Max => (double?)_bounds.Max;

    /// <inheritdoc/>
    public override string Name => "correlation";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("min", Min), RuleParameter.Of("max", Max)];

    /// <inheritdoc/>
    public override string Expectation => $"the correlation of {List} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        foreach (var column in columns)
        {
            if (!column.IsNumber && column.Kind != ColumnKind.Null)
                throw Unfit(column.Name, $"it must be numeric, not {column.TypeName}.");
        }

        var bounds = Bounds.OfNumber(_bounds, r => Unfit(Columns[0], r));
        return Observation.Rule(_ => new State(columns[0], columns[1], bounds));
    }

    /// <summary>Means and sums of products about them, brought forward row by row (Welford), so that batches make no difference.</summary>
    private sealed class State(StoredColumn first, StoredColumn second, Bounds bounds) : RuleState
    {
        private long _count;
        private double _meanX;
        private double _meanY;
        private double _xx;
        private double _yy;
        private double _xy;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(first.Ordinal, marks);
            batch.SkipMissing(second.Ordinal, marks);
            var xs = first.Values<double>(batch, out var rentedX);
            var ys = second.Values<double>(batch, out var rentedY);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds)
                    See(xs[i], ys[i]);
            }

            StoredColumn.Return(rentedX);
            StoredColumn.Return(rentedY);
        }

        public override Verdict Finish(Verdict counted)
        {
            var correlation = _xy / Math.Sqrt(_xx * _yy);
            return _count < 2 || !double.IsFinite(correlation)
                ? Observation.Verdict(counted, !bounds.Any, null)
                : Observation.Verdict(counted, bounds.Hold(correlation), Observation.Number(correlation));
        }

        private void See(double x, double y)
        {
            _count++;
            var (deltaX, deltaY) = (x - _meanX, y - _meanY);
            _meanX += deltaX / _count;
            _meanY += deltaY / _count;
            _xx += deltaX * (x - _meanX);
            _yy += deltaY * (y - _meanY);
            _xy += deltaX * (y - _meanY);
        }
    }
}
