using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A column has a value in every row. All rows are checked; a null, and a NaN where NaN is missing, violates the rule.</summary>
public sealed class NotNullRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    public NotNullRule(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Columns = [column];
    }

    /// <inheritdoc/>
    public override string Name => "not_null";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override string Expectation => $"{Columns[0]} has a value";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, Columns[0]);
        return new RowTest((batch, _, fails) => RowBits.Or(fails, batch.Missing(ordinal)));
    }
}
