using Apache.Arrow;
using Apache.Arrow.Types;
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

    /// <summary>Resolves a suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="context">Binds expressions.</param>
    /// <param name="schema">The schema of the rows.</param>
    /// <param name="unfit">What a rule that does not fit means.</param>
    public static BoundSuite Bind(Suite suite, BindContext context, Schema schema, UnfitRules unfit = UnfitRules.Refuse)
    {
        var rules = new BoundSuiteRule[suite.Rules.Count];
        var filters = new Dictionary<string, BoundExpression>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Length; i++)
        {
            try
            {
                rules[i] = Bind(suite.Rules[i], context, schema, filters);
            }
            catch (Exception error) when (unfit == UnfitRules.Report && error is PlanException or ArgumentException or NotSupportedException)
            {
                rules[i] = new BoundSuiteRule(suite.Rules[i], Nothing.Instance, null, [], [], [], (error as PlanException)?.Reason ?? error.Message);
            }
        }

        return new BoundSuite(suite, schema, rules);
    }

    /// <summary>The positions of columns.</summary>
    /// <exception cref="PlanException">One is not there.</exception>
    public static int[] Positions(IReadOnlyList<string> columns, Schema schema, string user) =>
    [
        .. columns.Select(column =>
        {
            for (var i = 0; i < schema.FieldsList.Count; i++)
            {
                if (string.Equals(schema.FieldsList[i].Name, column, StringComparison.Ordinal))
                    return i;
            }

            throw new PlanException($"{user}: there is no column '{column}'; {Rule.ColumnsOf(schema)}.", CheckNode.OperatorName, column);
        }),
    ];

    private static BoundSuiteRule Bind(SuiteRule entry, BindContext context, Schema schema, Dictionary<string, BoundExpression> filters)
    {
        var bound = entry.Rule.Bind(context, schema);
        BoundExpression? where = null;
        // Rules with the same filter share it, so that it is evaluated once a batch.
        var asked = entry is { Imported: not null, Where: { } loose } ? LooseEquality.Fit(loose, schema) : entry.Where;
        if (asked is { } filter && !filters.TryGetValue(filter.Canonical, out where))
            filters[filter.Canonical] = where = context.BindPredicate(filter, schema);
        if (entry.Imported is { } imported && !ExpectationImport.IsAggregate(entry.Rule))
            Positions(ResultShape.Of(imported).KeyColumns, schema, "unexpected_index_column_names");
        var groups = Positions(entry.GroupBy, schema, $"Rule '{entry.Rule.Name}'");
        return new BoundSuiteRule(
            entry,
            bound,
            where,
            (bound as RowTest)?.Shown ?? [.. entry.Rule.Columns.Select(c => schema.GetFieldIndex(c)).Where(o => o >= 0)],
            groups,
            [.. groups.Select(o => schema.GetFieldByIndex(o).DataType is DictionaryType dictionary ? dictionary.ValueType : schema.GetFieldByIndex(o).DataType)]);
    }

    /// <summary>Stands for a rule that does not fit.</summary>
    private sealed class Nothing : BoundRule
    {
        public static Nothing Instance { get; } = new();

        public override bool MarksRows => false;

        public override RuleState CreateState(RuleContext context) => throw new NotSupportedException();
    }
}
