namespace DataEngineX.Quality;

/// <summary>The correlation (Pearson) of two columns lies between two bounds. Rows in which one of them is missing are left out.</summary>
/// <remarks>It is missing, and in no bounds, below two rows or where one of the columns does not vary.</remarks>
public sealed class CorrelationRule : PairAggregateRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column, numeric.</param>
    /// <param name="second">The second column, numeric.</param>
    /// <param name="min">The lower bound, -1 to 1; null for none.</param>
    /// <param name="max">The upper bound, -1 to 1; null for none.</param>
    public CorrelationRule(string first, string second, double? min, double? max)
        : base(first, second, min, max, "correlation")
    {
    }

    /// <inheritdoc/>
    public override string Name => "correlation";

    private protected override string? Misfit(StoredColumn column) =>
        column.IsNumber || column.Kind == ColumnKind.Null ? null : $"it must be numeric, not {column.TypeName}.";

    private protected override RuleState CreateState(StoredColumn[] columns, Bounds bounds, RuleContext context) =>
        new State(columns[0], columns[1], bounds);

    private sealed class State(StoredColumn first, StoredColumn second, Bounds bounds) : RuleState
    {
        private PairSums _sums;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(first.Ordinal, marks);
            batch.SkipMissing(second.Ordinal, marks);
            var xs = Dense.Of(first.Values<double>(batch, out var storedX), marks, out var denseX);
            var ys = Dense.Of(second.Values<double>(batch, out var storedY), marks, out var denseY);
            _sums = _sums.Merge(PairSums.Of(xs, ys));
            foreach (var rented in (double[]?[])[storedX, denseX, storedY, denseY])
                StoredColumn.Return(rented);
        }

        public override void Merge(RuleState other, long rowsBefore) => _sums = _sums.Merge(((State)other)._sums);

        public override void Save(BinaryWriter writer) => _sums.Save(writer);

        public override void Load(BinaryReader reader) => _sums = PairSums.Load(reader);

        public override Verdict Finish(Verdict counted)
        {
            var correlation = _sums.Correlation;
            return _sums.Count < 2 || !double.IsFinite(correlation)
                ? Observation.Verdict(counted, !bounds.Any, null)
                : Observation.Verdict(counted, bounds.Hold(correlation), Observation.Number(correlation));
        }
    }
}
