using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The values of one or more columns are those of a row of another dataset, or of none. Rows with a missing value are not checked.</summary>
/// <remarks>
/// The different keys of the other dataset are held in memory, within the run's budget. Numbers are equal whatever their width; all other columns must
/// have one type. In a pipeline the other dataset is a flow given to the gate, elsewhere it is given with <see cref="CheckOptions.References"/>.
/// </remarks>
public sealed class ForeignKeyRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The columns, at least one.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="referenceColumns">The columns there, as many. <value>Default: null, those of the same names.</value></param>
    /// <param name="negated">Whether there must be no such row. <value>Default: false.</value></param>
    /// <exception cref="ArgumentException">There is no column, or not as many there.</exception>
    public ForeignKeyRule(IReadOnlyList<string> columns, string reference, IReadOnlyList<string>? referenceColumns = null, bool negated = false)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        if (columns.Count == 0 || columns.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A foreign key needs at least one column.", nameof(columns));
        if (referenceColumns is not null && (referenceColumns.Count != columns.Count || referenceColumns.Any(string.IsNullOrEmpty)))
            throw new ArgumentException($"A foreign key of {columns.Count} columns needs as many of '{reference}', not {referenceColumns.Count}.", nameof(referenceColumns));
        Columns = columns;
        Reference = reference;
        ReferenceColumns = referenceColumns ?? columns;
        IsNegated = negated;
    }

    /// <summary>The name of the other dataset.</summary>
    public string Reference { get; }

    /// <summary>The columns there, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> ReferenceColumns { get; }

    /// <summary>Whether there must be no such row.</summary>
    public bool IsNegated { get; }

    /// <inheritdoc/>
    public override string Name => IsNegated ? "not_in_reference" : "in_reference";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => [Reference];

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        [RuleParameter.Of("reference", Reference), RuleParameter.Of("reference_columns", ReferenceColumns)];

    /// <inheritdoc/>
    public override string Expectation =>
        $"({string.Join(", ", Columns)}) is {(IsNegated ? "no" : "a")} row of {Reference} ({string.Join(", ", ReferenceColumns)})";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        var there = ReferenceContext.SchemaOf(context, this, Reference);
        var (own, other, types) = (new List<KeyColumn>(), new List<KeyColumn>(), new List<IArrowType>());
        for (var i = 0; i < Columns.Count; i++)
        {
            var first = StoredColumn.Of(schema, Ordinal(schema, Columns[i]));
            var second = StoredColumn.Of(there, ReferenceContext.OrdinalOf(there, this, Reference, ReferenceColumns[i]));
            var type = KeyColumn.Common(first, second) ?? throw Unfit(
                Columns[i], $"it is {first.TypeName}, and '{second.Name}' of '{Reference}' is {second.TypeName}; cast one of them in a Select before.");
            types.Add(type);
            own.Add(KeyColumn.Of(context, schema, first, type));
            other.Add(KeyColumn.Of(context, there, second, type));
        }

        return new Bound(this, own, other, types);
    }

    private sealed class Bound(ForeignKeyRule rule, IReadOnlyList<KeyColumn> own, IReadOnlyList<KeyColumn> other, IReadOnlyList<IArrowType> types)
        : ReferencedRule(rule.Reference, rule.ReferenceColumns)
    {
        public override bool InOrder => false;

        public override ReferenceReader CreateReader(RuleContext context) => new KeySet(other, types, context);

        public override RuleState CreateState(RuleContext context) => new State(rule, own, context.References?.Of(this) as KeySet);
    }

    private sealed class State(ForeignKeyRule rule, IReadOnlyList<KeyColumn> own, KeySet? keys) : StatelessState
    {
        private readonly int[] _ordinals = [.. own.Select(c => c.Ordinal)];

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            MissingRows.Skip(batch, _ordinals, IgnoredRows.AnyMissing, marks);
            (keys ?? throw new InvalidOperationException($"A state that was loaded has not read {rule.Reference}.")).Mark(own, batch, marks, rule.IsNegated);
        }
    }
}
