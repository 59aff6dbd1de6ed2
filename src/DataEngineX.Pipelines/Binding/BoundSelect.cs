using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundSelect(SelectNode node, IReadOnlyList<BoundNode> inputs, BoundColumns columns) : BoundNode(node, inputs, columns.Schema)
{
    public BoundColumns Columns { get; } = columns;

    public override NodeLineage Lineage { get; } = new(
        columns.Schema.FieldsList.Select((f, i) => (f.Name, Edges: LineageTools.OfExpression(columns.Expressions[i].Expression)))
            .ToDictionary(c => c.Name, c => c.Edges, StringComparer.Ordinal),
        []);

    /// <summary>An order survives as far as its leading keys are passed through under some name.</summary>
    public override IReadOnlyList<OrderKey> Order => [.. Inputs[0].Order
        .Select(k => (Key: k, Name: NameOf(k.Column))).TakeWhile(k => k.Name is not null).Select(k => k.Key with { Column = k.Name! })];

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Columns.Expressions.Count; i++)
        {
            if (wanted.Contains(Schema.FieldsList[i].Name))
                required.UnionWith(Columns.Expressions[i].Expression.ColumnNames());
        }

        return required;
    }

    public override Expr? PushDown(Expr predicate, int input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate.Rewrite(e => e is ColumnExpr column ? Columns.Expressions[SchemaTools.Ordinal(Schema, column.Name)].Expression : e);
    }

    public override Operator CreateOperator(OperatorContext context) => new SelectOperator(Node.Operator, Columns, context);

    private string? NameOf(string inputColumn)
    {
        for (var i = 0; i < Columns.Expressions.Count; i++)
        {
            if (Columns.Expressions[i].Expression is ColumnExpr column && string.Equals(column.Name, inputColumn, StringComparison.Ordinal))
                return Schema.FieldsList[i].Name;
        }

        return null;
    }

    private sealed class SelectOperator(string name, BoundColumns columns, OperatorContext context) : BatchOperator
    {
        public override RecordBatch? Process(RecordBatch batch)
        {
            var arrays = new IArrowArray[columns.Expressions.Count];
            var i = 0;
            try
            {
                for (; i < arrays.Length; i++)
                    arrays[i] = columns.Expressions[i].Evaluate(batch, context.Parameters, context.Allocator);
                return new RecordBatch(columns.Schema, arrays, batch.Length);
            }
            catch (Exception e)
            {
                foreach (var array in arrays)
                    array?.Dispose();
                if (Faults.IsNameless(e))
                    throw Faults.At(name, columns.Schema.FieldsList[i].Name, e);
                throw;
            }
        }
    }
}
