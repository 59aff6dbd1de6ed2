using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.PublicApi.Tests;

/// <summary>An operator of one's own: adds a column in kelvin. It sees public members only.</summary>
public sealed class ToKelvinNode(PlanNode input, string column) : PlanNode(input)
{
    public override string Operator => "to_kelvin";

    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => new ToKelvinNode(inputs[0], column);

    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("column", column);

    public override BoundNode Bind(BindContext context)
    {
        var schema = context.Inputs[0].Schema;
        var ordinal = schema.GetFieldIndex(column, StringComparer.Ordinal);
        return schema.FieldsList[ordinal].DataType is DoubleType
            ? new Bound(this, context.Inputs, new Schema([.. schema.FieldsList, new Field(column + "_k", DoubleType.Default, true)], null), ordinal)
            : throw new PlanException("only doubles have a temperature.", Operator, column);
    }

    private sealed class Bound(ToKelvinNode node, IReadOnlyList<BoundNode> inputs, Schema schema, int ordinal) : BoundNode(node, inputs, schema)
    {
        public override NodeLineage Lineage { get; } = new(
            schema.FieldsList.ToDictionary(
                f => f.Name,
                f => (IReadOnlyList<LineageEdge>)[f == schema.FieldsList[^1]
                    ? new LineageEdge(0, inputs[0].Schema.FieldsList[ordinal].Name, LineageKind.Transformation)
                    : new LineageEdge(0, f.Name, LineageKind.Identity)],
                StringComparer.Ordinal),
            []);

        public override Operator CreateOperator(OperatorContext context) => new Running(Schema, ordinal, context);
    }

    private sealed class Running(Schema schema, int ordinal, OperatorContext context) : BatchOperator
    {
        public override RecordBatch? Process(RecordBatch batch)
        {
            var columns = Enumerable.Range(0, batch.ColumnCount).Select(i => ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain())).ToList();
            columns.Add(Arithmetic.Apply(ArithmeticOperator.Add, batch.Column(ordinal), 273.15, context.Allocator));
            return new RecordBatch(schema, columns, batch.Length);
        }
    }
}
