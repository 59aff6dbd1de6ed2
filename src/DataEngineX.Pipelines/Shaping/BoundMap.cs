using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>An opaque step, bound: no condition, limit or order passes it.</summary>
internal sealed class BoundMap : BoundNode
{
    private readonly MapBatchesNode _node;

    private BoundMap(MapBatchesNode node, IReadOnlyList<BoundNode> inputs, NodeLineage lineage)
        : base(node, inputs, PlainTypes.Of(node.Schema)) => (_node, Lineage) = (node, lineage);

    public override NodeLineage Lineage { get; }

    public override RecomputeScope Recompute => _node.IsRowLocal ? RecomputeScope.RowLocal : RecomputeScope.WholeInput;

    public override IReadOnlyList<OrderKey> Order => [];

    public static BoundMap Create(MapBatchesNode node, BindContext context)
    {
        var input = context.Inputs[0].Schema;
        foreach (var name in (node.Reads ?? []).Concat(node.Lineage?.Values.SelectMany(c => c) ?? []))
            SchemaTools.Ordinal(input, name, node.Operator);
        foreach (var name in node.Lineage?.Keys ?? [])
            SchemaTools.Ordinal(node.Schema, name, node.Operator);
        var unknown = input.FieldsList.Select(f => new LineageEdge(0, f.Name, LineageKind.Unknown)).ToList();
        var columns = node.Schema.FieldsList.ToDictionary(
            f => f.Name,
            f => node.Lineage?.TryGetValue(f.Name, out var from) is true
                ? (IReadOnlyList<LineageEdge>)[.. from.Select(c => new LineageEdge(0, c, LineageKind.Transformation))]
                : unknown,
            StringComparer.Ordinal);
        return new BoundMap(node, context.Inputs, new NodeLineage(columns, []));
    }

    /// <summary>What the code reads, whatever is wanted of its result.</summary>
    public override IReadOnlySet<string>? RequiredColumns(int input, IReadOnlySet<string> wanted) => _node.Reads?.ToHashSet(StringComparer.Ordinal);

    public override Operator CreateOperator(OperatorContext context) => new MapOperator(_node, Schema, context);
}
