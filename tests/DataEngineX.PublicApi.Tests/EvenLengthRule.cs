using Apache.Arrow;
using DataEngineX.Plans;
using DataEngineX.Quality;

namespace DataEngineX.PublicApi.Tests;

/// <summary>A rule of one's own: a text has an even number of bytes.</summary>
public sealed class EvenLengthRule(string column) : Rule
{
    public override string Name => "even_length";

    public override IReadOnlyList<string> Columns => [column];

    public override string Expectation => $"{column} has an even number of bytes";

    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, column);
        return BoundRule.PerRow((batch, marks) =>
        {
            var texts = (StringArray)batch.Column(ordinal);
            for (var row = 0; row < marks.Length; row++)
            {
                if (texts.GetValueLength(row) % 2 != 0)
                    marks[row] = RowMark.Violates;
            }
        });
    }
}
