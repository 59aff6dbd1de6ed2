using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The columns are given ones, in any order.</summary>
public sealed class ColumnSetRule : SchemaRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The columns; null for none.</param>
    /// <param name="exact">Whether there may be no others. <value>Default: true.</value></param>
    public ColumnSetRule(IReadOnlyList<string>? columns, bool exact = true)
    {
        Expected = columns;
        IsExact = exact;
    }

    /// <summary>The columns, or null.</summary>
    public IReadOnlyList<string>? Expected { get; }

    /// <summary>Whether there may be no others.</summary>
    public bool IsExact { get; }

    /// <inheritdoc/>
    public override string Name => "column_set";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("names", Expected), RuleParameter.Of("exact", IsExact)];

    /// <inheritdoc/>
    public override string Expectation => $"the columns {(IsExact ? "are" : "contain")} {string.Join(", ", Expected ?? [])}";

    private protected override (bool Holds, string Observed, IReadOnlyList<VerdictField> Details) Judge(Schema schema)
    {
        var names = schema.FieldsList.Select(f => f.Name).ToList();
        var expected = Expected ?? [];
        var missing = expected.Except(names, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var unexpected = names.Except(expected, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var holds = missing.Count == 0 && (!IsExact || unexpected.Count == 0);
        var parts = new List<string>();
        if (unexpected.Count > 0)
            parts.Add($"\"unexpected\": {List(unexpected)}");
        if (missing.Count > 0)
            parts.Add($"\"missing\": {List(missing)}");
        return (holds, List(names.Order(StringComparer.Ordinal)), [new VerdictField("mismatched", $"{{{string.Join(", ", parts)}}}")]);
    }
}
