using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.ML.Internal;

/// <summary>Scoring with its columns resolved.</summary>
internal sealed class BoundScore(ScoreNode node, IReadOnlyList<BoundNode> inputs)
    : BoundNode(node, inputs, SchemaOf(node, inputs[0].Schema))
{
    public override NodeLineage Lineage { get; } = LineageOf(node, inputs[0].Schema);

    // What the model reads is known only when it is loaded, so nothing is left out: not even where the caller names the features.
    public override IReadOnlySet<string>? RequiredColumns(int input, IReadOnlySet<string> wanted) => null;

    public override Expr? PushDown(Expr predicate, int input)
        => predicate.ColumnNames().Any(c => c == node.ScoreColumn || c == node.VersionColumn) ? null : predicate;

    public override Operator CreateOperator(OperatorContext context) => new ScoreOperator(node, Schema, context);

    private static Schema SchemaOf(ScoreNode node, Schema input) => new(
        [
            .. input.FieldsList,
            new Field(node.ScoreColumn, DoubleType.Default, true),
            new Field(node.VersionColumn, Int32Type.Default, true),
        ],
        input.Metadata);

    private static NodeLineage LineageOf(ScoreNode node, Schema input)
    {
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        foreach (var field in input.FieldsList)
            columns[field.Name] = [new LineageEdge(0, field.Name, LineageKind.Identity)];
        columns[node.ScoreColumn] = node.Features is { } features
            ? [.. features.Distinct(StringComparer.Ordinal).Select(f => new LineageEdge(0, f, LineageKind.Transformation))]
            : [.. input.FieldsList.Select(f => new LineageEdge(0, f.Name, LineageKind.Unknown))];
        columns[node.VersionColumn] = [];
        return new NodeLineage(columns, []);
    }
}
