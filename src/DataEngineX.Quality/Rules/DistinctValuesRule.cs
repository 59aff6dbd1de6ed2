using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The different values of a column, taken as a set, relate to a given set. Missing values are left out.</summary>
/// <remarks>A literal that no value of the column can equal is in the given set all the same. Observes the values and counts each.</remarks>
public sealed class DistinctValuesRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="relation">How the column's values relate to the set.</param>
    /// <param name="values">The set; nulls in it are left out. Null instead of a set passes always.</param>
    public DistinctValuesRule(string column, SetRelation relation, IEnumerable<object?>? values)
        : base(column)
    {
        Relation = relation;
        Values = values is null ? null : [.. values.OfType<object>()];
    }

    /// <summary>How the column's values relate to the set.</summary>
    public SetRelation Relation { get; }

    /// <summary>The set; null when every one passes.</summary>
    public IReadOnlyList<object>? Values { get; }

    /// <inheritdoc/>
    public override string Name => Relation switch
    {
        SetRelation.Within => "distinct_in_set",
        SetRelation.Contains => "distinct_contain",
        _ => "distinct_equal",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("values", Values)];

    /// <inheritdoc/>
    public override string Expectation => $"the values of {Column} {Relation switch
    {
        SetRelation.Within => "are in",
        SetRelation.Contains => "contain",
        _ => "are",
    }} {(Values is null ? "any set" : RuleText.List(Values))}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        if (!KeyEncoder.Fits(column))
            throw Unfit(Column, $"values of type {column.TypeName} cannot be counted.");
        var set = Values?.Select(v => ValueKey.Of(v, column) ?? $"\0{RuleText.Of(v)}").ToHashSet(StringComparer.Ordinal);
        return Observation.Merging(c => new CountState(column, c, (counted, counts) => Finish(counted, counts, set)));
    }

    private Verdict Finish(Verdict counted, List<ValueCount> counts, HashSet<string>? set)
    {
        var keys = counts.Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var holds = set is null || Relation switch
        {
            SetRelation.Within => keys.IsSubsetOf(set),
            SetRelation.Contains => set.IsSubsetOf(keys),
            _ => keys.SetEquals(set),
        };
        return Observation.Verdict(
            counted,
            holds,
            $"[{string.Join(", ", counts.Select(c => c.Json))}]",
            new VerdictField("value_counts", $"[{string.Join(", ", counts.Select(c => $"{{\"value\": {c.Json}, \"count\": {Observation.Number(c.Count)}}}"))}]"));
    }
}
