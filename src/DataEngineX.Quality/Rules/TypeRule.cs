using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A column is of one of some types. Names are those of Arrow, or those by which other systems call the same types.</summary>
/// <remarks>
/// Besides <c>int64</c>, <c>utf8</c> or <c>timestamp[us, UTC]</c>, such as <c>int</c> (any signed integer), <c>float</c> (any floating point),
/// <c>string</c>, <c>bool</c>, <c>timestamp</c> and <c>decimal</c>. In a column of text each value is checked, and all violate the rule where text is
/// not among the types; of other columns, and where a type is <c>object</c>, the type is observed.
/// </remarks>
public sealed class TypeRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="types">The names of the types; null to observe only.</param>
    public TypeRule(string column, IEnumerable<string>? types)
        : base(column) => Types = types?.ToList();

    /// <summary>The names of the types, or null.</summary>
    public IReadOnlyList<string>? Types { get; }

    /// <inheritdoc/>
    public override string Name => "of_type";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("types", Types)];

    /// <inheritdoc/>
    public override string Expectation => $"{Column} is of type {(Types is null ? "any" : string.Join(" or ", Types))}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        var holds = Types is null || Types.Any(t => TypeNames.Fits(t, column.Type));
        if (column.Kind != ColumnKind.Text || Types is null || Types.Any(TypeNames.IsObject))
            return Observation.Merging(_ => new Known(holds, CellText.Json(w => w.WriteStringValue(column.TypeName))));
        return RowTest.Always(column.Ordinal, holds);
    }

    private sealed class Known(bool holds, string type) : StatelessState
    {
        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
        }

        public override Verdict Finish(Verdict counted) => Observation.Verdict(counted, holds, type);
    }
}
