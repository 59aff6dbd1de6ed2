using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>No row has a value in a column: the opposite of <see cref="NotNullRule"/>. All rows are checked.</summary>
public sealed class NullRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    public NullRule(string column)
        : base(column)
    {
    }

    /// <inheritdoc/>
    public override string Name => "null";

    /// <inheritdoc/>
    public override string Expectation => $"{Column} is missing";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, Column);
        return new RowTest((batch, _, fails) =>
        {
            RowBits.Fill(fails, batch.Length);
            var missing = batch.Missing(ordinal);
            for (var w = 0; w < missing.Length; w++)
                fails[w] &= ~missing[w];
        });
    }
}
