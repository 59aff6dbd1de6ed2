namespace DataEngineX.Quality;

/// <summary>
/// The mutual information of two columns, in nats, lies between two bounds: what the value of one tells of the other. Rows in which one of them
/// is missing are left out.
/// </summary>
public sealed class MutualInformationRule : PairAggregateRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none.</param>
    public MutualInformationRule(string first, string second, double? min, double? max)
        : base(first, second, min, max, "mutual_information")
    {
    }

    /// <inheritdoc/>
    public override string Name => "mutual_information";

    private protected override string? Misfit(StoredColumn column) =>
        KeyEncoder.Fits(column) ? null : $"values of type {column.TypeName} cannot be counted.";

    private protected override RuleState CreateState(StoredColumn[] columns, Bounds bounds, RuleContext context) => new State(columns, bounds, context);

    private sealed class State(StoredColumn[] columns, Bounds bounds, RuleContext context) : RuleState
    {
        private readonly KeyCounts[] _counts = [new([columns[0]], context), new([columns[1]], context), new(columns, context)];

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            batch.SkipMissing(columns[0].Ordinal, marks);
            batch.SkipMissing(columns[1].Ordinal, marks);
            foreach (var counts in _counts)
                counts.Add(batch, marks);
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            for (var i = 0; i < _counts.Length; i++)
                _counts[i].Merge(((State)other)._counts[i]);
        }

        public override void Save(BinaryWriter writer)
        {
            foreach (var counts in _counts)
                counts.Save(writer);
        }

        public override void Load(BinaryReader reader)
        {
            foreach (var counts in _counts)
                counts.Load(reader);
        }

        public override Verdict Finish(Verdict counted)
        {
            // What rounding leaves below zero is zero.
            var information = _counts[2].Total == 0 ? 0 : Math.Max(0, _counts[0].Entropy() + _counts[1].Entropy() - _counts[2].Entropy());
            return Observation.Verdict(counted, bounds.Hold(information), Observation.Number(information));
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var counts in _counts)
                counts.Dispose();
            base.Dispose(disposing);
        }
    }
}
