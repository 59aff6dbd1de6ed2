using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The columns are given ones in a given order, and no others.</summary>
public sealed class ColumnOrderRule : SchemaRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The columns in order; null to observe only.</param>
    public ColumnOrderRule(IReadOnlyList<string>? columns) => Expected = columns;

    /// <summary>The columns in order, or null.</summary>
    public IReadOnlyList<string>? Expected { get; }

    /// <inheritdoc/>
    public override string Name => "column_order";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("names", Expected)];

    /// <inheritdoc/>
    public override string Expectation => $"the columns are {(Expected is null ? "any" : string.Join(", ", Expected))}, in this order";

    private protected override (bool Holds, string Observed, IReadOnlyList<VerdictField> Details) Judge(Schema schema)
    {
        var names = schema.FieldsList.Select(f => f.Name).ToList();
        if (Expected is null || names.SequenceEqual(Expected, StringComparer.Ordinal))
            return (true, List(names), []);
        var mismatched = new List<string>();
        for (var i = 0; i < Math.Max(names.Count, Expected.Count); i++)
        {
            var (expected, found) = (i < Expected.Count ? Expected[i] : null, i < names.Count ? names[i] : null);
            if (!string.Equals(expected, found, StringComparison.Ordinal))
                mismatched.Add($"{{\"Expected Column Position\": {i}, \"Expected\": {RuleParameter.Of("e", expected).Json}, \"Found\": {RuleParameter.Of("f", found).Json}}}");
        }

        return (false, List(names), [new VerdictField("mismatched", $"[{string.Join(", ", mismatched)}]")]);
    }
}
