using System.Buffers;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The values of two columns are, as a pair, among given ones. A pair of the set may hold null, which a missing value equals.</summary>
public sealed class PairInSetRule : SeveralColumnsRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which both are missing.</value></param>
    public PairInSetRule(string first, string second, IEnumerable<(object? First, object? Second)> pairs, IgnoredRows ignored = IgnoredRows.AllMissing)
        : base([first, second], 2, ignored)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Pairs = [.. pairs];
    }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<(object? First, object? Second)> Pairs { get; }

    /// <inheritdoc/>
    public override string Name => "pair_in_set";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        [RuleParameter.Of("pairs", Pairs.Select(p => new[] { p.First, p.Second })), .. base.Parameters];

    /// <inheritdoc/>
    public override string Expectation =>
        $"{List} is one of {{{string.Join(", ", Pairs.Take(10).Select(p => $"({RuleText.Of(p.First)}, {RuleText.Of(p.Second)})"))}{(Pairs.Count > 10 ? ", …" : "")}}}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        foreach (var column in columns)
        {
            if (!KeyEncoder.Fits(column))
                throw Unfit(column.Name, $"values of type {column.TypeName} cannot be looked up in a set.");
        }

        var set = Pairs.Select(p => (Key(p.First, columns[0]), Key(p.Second, columns[1]))).ToHashSet();
        return new Bound(this, columns, set);
    }

    // A literal that no value equals gets a key that no value has: keys of values never start so.
    private static string? Key(object? literal, StoredColumn column) => literal is null ? null : ValueKey.Of(literal, column) ?? "\0";

    private sealed class Bound(PairInSetRule rule, StoredColumn[] columns, HashSet<(string?, string?)> set) : BoundRule
    {
        public override bool InOrder => false;

        public override RuleState CreateState(RuleContext context) => new State(rule, columns, set, context);
    }

    /// <summary>Each pair is looked up once: rows with the same pair have the same number. Of many pairs only the last are remembered.</summary>
    private sealed class State(PairInSetRule rule, StoredColumn[] columns, HashSet<(string?, string?)> set, RuleContext context) : StatelessState
    {
        private const int MaxPairs = 65_536;

        private readonly int[] _ordinals = [columns[0].Ordinal, columns[1].Ordinal];
        private GroupIndex _index = new([columns[0].Type, columns[1].Type], context.Allocator);
        private readonly List<bool> _holds = [];

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            MissingRows.Skip(batch, _ordinals, rule.Ignored, marks);
            if (_index.Count > MaxPairs)
                Forget();
            IArrowArray[] arrays = [batch.Column(_ordinals[0]), batch.Column(_ordinals[1])];
            var ids = ArrayPool<int>.Shared.Rent(Math.Max(1, marks.Length));
            try
            {
                _index.Map(arrays, ids.AsSpan(0, marks.Length));
                for (var i = 0; i < marks.Length; i++)
                {
                    if (ids[i] == _holds.Count)
                        _holds.Add(set.Contains((KeyOf(arrays[0], i, columns[0]), KeyOf(arrays[1], i, columns[1]))));
                    if (marks[i] == RowMark.Holds && !_holds[ids[i]])
                        marks[i] = RowMark.Violates;
                }
            }
            finally
            {
                ArrayPool<int>.Shared.Return(ids);
            }
        }

        private void Forget()
        {
            _index.Dispose();
            _index = new GroupIndex([columns[0].Type, columns[1].Type], context.Allocator);
            _holds.Clear();
        }

        protected override void Dispose(bool disposing)
        {
            _index.Dispose();
            base.Dispose(disposing);
        }

        private string? KeyOf(IArrowArray array, int row, StoredColumn column) =>
            array.IsNull(row) || (context.NaNIsMissing && ValueKey.IsNaN(array, row)) ? null : ValueKey.Of(array, row, column);
    }
}
