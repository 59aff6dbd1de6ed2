using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A suite resolved against a schema.</summary>
internal sealed class BoundSuite
{
    private BoundSuite(Suite suite, Schema schema, IReadOnlyList<BoundSuiteRule> rules)
    {
        Suite = suite;
        Schema = schema;
        Rules = rules;
        Origin = new OriginColumns(schema);
    }

    public Suite Suite { get; }

    public Schema Schema { get; }

    public IReadOnlyList<BoundSuiteRule> Rules { get; }

    public OriginColumns Origin { get; }

    /// <summary>Whether some rule knows its violations only after the last row.</summary>
    public bool NeedsAllRows => Rules.Any(r => r.Rule.NeedsAllRows);

    public static BoundSuite Bind(Suite suite, BindContext context, Schema schema)
    {
        var rules = new BoundSuiteRule[suite.Rules.Count];
        for (var i = 0; i < rules.Length; i++)
        {
            var entry = suite.Rules[i];
            var bound = entry.Rule.Bind(context, schema);
            var where = entry.Where is null ? null : context.BindPredicate(entry.Where, schema);
            rules[i] = new BoundSuiteRule(entry, bound, where, [.. entry.Rule.Columns.Select(c => schema.GetFieldIndex(c))]);
        }

        return new BoundSuite(suite, schema, rules);
    }
}
