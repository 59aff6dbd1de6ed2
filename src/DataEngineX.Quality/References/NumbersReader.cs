using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The numbers of a column of another dataset.</summary>
internal sealed class NumbersReader(StoredColumn column, Schema schema, RuleContext context) : MarkedReader(schema, context)
{
    public NumberSample Sample { get; } = new(column, context);

    public override void Dispose() => Sample.Dispose();

    protected override void Read(RuleBatch batch, Span<RowMark> marks) => Sample.Add(batch, marks);
}
