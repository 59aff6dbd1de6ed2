using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The most common value of a column is in a set. Missing values are left out; observes all values that are equally common.</summary>
public sealed class MostCommonRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The set; nulls in it are left out. Null instead of a set passes always.</param>
    /// <param name="tiesAllowed">
    /// Whether several values may be the most common, of which one has to be in the set. <value>Default: false, there is one.</value>
    /// </param>
    public MostCommonRule(string column, IEnumerable<object?>? values, bool tiesAllowed = false)
        : base(column)
    {
        Values = values is null ? null : [.. values.OfType<object>()];
        TiesAllowed = tiesAllowed;
    }

    /// <summary>The set; null when every value passes.</summary>
    public IReadOnlyList<object>? Values { get; }

    /// <summary>Whether several values may be the most common.</summary>
    public bool TiesAllowed { get; }

    /// <inheritdoc/>
    public override string Name => "most_common";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("values", Values), RuleParameter.Of("ties_allowed", TiesAllowed)];

    /// <inheritdoc/>
    public override string Expectation => $"the most common {Column} is in {(Values is null ? "any set" : RuleText.List(Values))}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        if (!KeyEncoder.Fits(column))
            throw Unfit(Column, $"values of type {column.TypeName} cannot be counted.");
        var set = Values?.Select(v => ValueKey.Of(v, column)).ToHashSet(StringComparer.Ordinal);
        return Observation.Merging(c => new CountState(column, c, (counted, counts) => Finish(counted, counts, set)));
    }

    private Verdict Finish(Verdict counted, List<ValueCount> counts, HashSet<string?>? set)
    {
        var most = counts.Count == 0 ? 0 : counts.Max(c => c.Count);
        var modes = counts.Where(c => c.Count == most).ToList();
        var holds = set is null || (modes.Any(m => set.Contains(m.Key)) && (TiesAllowed || modes.Count == 1));
        return Observation.Verdict(counted, holds, $"[{string.Join(", ", modes.Select(m => m.Json))}]");
    }
}
