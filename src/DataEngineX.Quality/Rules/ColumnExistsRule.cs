using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>There is a column, at a position where one is given.</summary>
public sealed class ColumnExistsRule : SchemaRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, matched exactly.</param>
    /// <param name="position">Its 0-based position. <value>Default: null, any.</value></param>
    public ColumnExistsRule(string column, int? position = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentOutOfRangeException.ThrowIfNegative(position ?? 0, nameof(position));
        Column = column;
        Position = position;
    }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>Its 0-based position, or null.</summary>
    public int? Position { get; }

    /// <inheritdoc/>
    public override string Name => "column_exists";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("name_of_column", Column), RuleParameter.Of("position", Position)];

    /// <inheritdoc/>
    public override string Expectation => Position is null ? $"there is a column {Column}" : $"column {Position} is {Column}";

    private protected override (bool Holds, string Observed, IReadOnlyList<VerdictField> Details) Judge(Schema schema)
    {
        var names = schema.FieldsList.Select(f => f.Name).ToList();
        var holds = Position is { } position ? position < names.Count && names[position] == Column : names.Contains(Column);
        return (holds, List(names), []);
    }
}
