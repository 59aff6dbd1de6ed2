using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The number of columns lies between two bounds, both inside.</summary>
public sealed class ColumnCountRule : SchemaRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="min">The fewest columns; null for any.</param>
    /// <param name="max">The most columns; null for any.</param>
    /// <exception cref="ArgumentException">The lower bound is above the upper.</exception>
    public ColumnCountRule(long? min, long? max)
    {
        if (min > max)
            throw new ArgumentException($"A column count cannot be at least {min} and at most {max}.", nameof(min));
        Min = min;
        Max = max;
    }

    /// <summary>The fewest columns, or null.</summary>
    public long? Min { get; }

    /// <summary>The most columns, or null.</summary>
    public long? Max { get; }

    /// <inheritdoc/>
    public override string Name => "column_count";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("min", Min), RuleParameter.Of("max", Max)];

    /// <inheritdoc/>
    public override string Expectation => $"the number of columns is {new BoundPair(Min, Max)}";

    private protected override (bool Holds, string Observed, IReadOnlyList<VerdictField> Details) Judge(Schema schema)
    {
        var count = schema.FieldsList.Count;
        return (!(count < Min) && !(count > Max), Observation.Number((long)count), []);
    }
}
