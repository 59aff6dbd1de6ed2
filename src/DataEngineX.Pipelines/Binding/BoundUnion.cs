using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundUnion : BoundNode
{
    private BoundUnion(UnionNode node, IReadOnlyList<BoundNode> inputs, Schema schema)
        : base(node, inputs, schema) => Lineage = new NodeLineage(
            schema.FieldsList.ToDictionary(
                f => f.Name,
                f => (IReadOnlyList<LineageEdge>)[.. Enumerable.Range(0, inputs.Count).Where(i => Find(inputs[i].Schema, f.Name) >= 0)
                    .Select(i => new LineageEdge(i, f.Name, LineageKind.Identity))],
                StringComparer.Ordinal),
            []);

    public override NodeLineage Lineage { get; }

    public static BoundUnion Create(UnionNode node, BindContext context)
    {
        var names = context.Inputs.SelectMany(i => i.Schema.FieldsList.Select(f => f.Name)).Distinct(StringComparer.Ordinal);
        return new BoundUnion(node, context.Inputs, new Schema(names.Select(n => Merge(n, context.Inputs)), null));
    }

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Where(w => Find(Inputs[input].Schema, w) >= 0).ToHashSet(StringComparer.Ordinal);

    public override Operator CreateOperator(OperatorContext context) => new UnionOperator(Schema, context);

    private static Field Merge(string name, IReadOnlyList<BoundNode> inputs)
    {
        Field? merged = null;
        var missing = false;
        foreach (var input in inputs)
        {
            var ordinal = Find(input.Schema, name);
            missing |= ordinal < 0;
            if (ordinal < 0)
                continue;
            var field = input.Schema.FieldsList[ordinal];
            if (merged is not null && !ArrowTypes.Same(merged.DataType, field.DataType))
            {
                throw new PlanException(
                    $"The column '{name}' is {ArrowTypes.NameOf(merged.DataType)} in one input and {ArrowTypes.NameOf(field.DataType)} in another: cast one of them.",
                    "union", name);
            }

            merged = new Field(name, field.DataType, field.IsNullable || merged is { IsNullable: true });
        }

        return missing ? new Field(name, merged!.DataType, nullable: true) : merged!;
    }

    private static int Find(Schema schema, string name)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (string.Equals(schema.FieldsList[i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private sealed class UnionOperator(Schema schema, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var input in inputs)
            {
                await foreach (var batch in input.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    using (batch)
                        yield return Align(batch);
                }
            }
        }

        private RecordBatch Align(RecordBatch batch) => new(schema, schema.FieldsList.Select(f => Column(batch, f)), batch.Length);

        private IArrowArray Column(RecordBatch batch, Field field)
        {
            var ordinal = Find(batch.Schema, field.Name);
            return ordinal < 0
                ? Constants.Nulls(field.DataType, batch.Length, context.Allocator)
                : ArrowArrayFactory.BuildArray(batch.Column(ordinal).Data.Retain());
        }
    }
}
