using Apache.Arrow;
using Apache.Arrow.Types;
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

    /// <summary>Each input tests a condition itself where it has its columns with their types.</summary>
    public override Expr? PushDown(Expr predicate, int input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate.ColumnNames().All(n => HasAsIs(Inputs[input].Schema, n)) ? predicate : null;
    }

    public override Operator CreateOperator(OperatorContext context) => new UnionOperator(Schema, context);

    private bool HasAsIs(Schema input, string name)
    {
        var ordinal = Find(input, name);
        return ordinal >= 0 && ArrowTypes.Same(input.FieldsList[ordinal].DataType, Schema.FieldsList[Find(Schema, name)].DataType);
    }

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
            var type = merged is null ? field.DataType : Common(name, merged.DataType, field.DataType);
            merged = new Field(name, type, field.IsNullable || merged is { IsNullable: true });
        }

        return missing ? new Field(name, merged!.DataType, nullable: true) : merged!;
    }

    /// <summary>Numbers widen to a type that holds those of both inputs; a dictionary meets the type of its values as that type.</summary>
    private static IArrowType Common(string name, IArrowType left, IArrowType right)
    {
        if (ArrowTypes.Same(left, right))
            return left;
        if (ArrowTypes.Same(TypeRules.Plain(left), TypeRules.Plain(right)))
            return TypeRules.Plain(left);
        return Conversions.ArithmeticType(left, right) ?? throw new PlanException(
            $"The column '{name}' is {ArrowTypes.NameOf(left)} in one input and {ArrowTypes.NameOf(right)} in another: cast one of them.", "union", name);
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

    private sealed class UnionOperator(Schema schema, OperatorContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) =>
            inputs.Select(i => i.Expand(Align)).Aggregate((all, next) => all.Then(next));

        private IEnumerable<RecordBatch> Align(RecordBatch batch)
        {
            RecordBatch aligned;
            using (batch)
            {
                using var columns = new BatchColumns(schema.FieldsList.Count);
                for (var i = 0; i < schema.FieldsList.Count; i++)
                    columns[i] = Column(batch, schema.FieldsList[i]);
                aligned = columns.Build(schema, batch.Length);
            }

            yield return aligned;
        }

        private IArrowArray Column(RecordBatch batch, Field field)
        {
            var ordinal = Find(batch.Schema, field.Name);
            if (ordinal < 0)
                return Constants.Nulls(field.DataType, batch.Length, context.Allocator);
            var column = batch.Column(ordinal);
            return ArrowTypes.Same(column.Data.DataType, field.DataType)
                ? ArrowArrayFactory.BuildArray(column.Data.Retain())
                : Casts.Cast(column, field.DataType, context.Allocator);
        }
    }
}
