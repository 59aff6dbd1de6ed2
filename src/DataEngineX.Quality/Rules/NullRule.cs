using System.Runtime.InteropServices;
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
        return BoundRule.PerRow((batch, marks) =>
        {
            // Missing rows are first marked as skipped; what then still holds has a value and violates.
            batch.SkipMissing(ordinal, marks);
            var bytes = MemoryMarshal.Cast<RowMark, byte>(marks);
            bytes.Replace((byte)RowMark.Holds, (byte)RowMark.Violates);
            bytes.Replace((byte)RowMark.Skipped, (byte)RowMark.Holds);
        });
    }
}
