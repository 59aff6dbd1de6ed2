using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Watching resolved against its input's schema.</summary>
internal sealed class BoundWatch : BoundNode
{
    private readonly WatchNode _watch;
    private readonly BoundProfile _profile;

    public BoundWatch(WatchNode node, IReadOnlyList<BoundNode> inputs, BoundProfile profile)
        : base(node, inputs, inputs[0].Schema)
    {
        _watch = node;
        _profile = profile;
        Lineage = new NodeLineage(
            Schema.FieldsList.ToDictionary(f => f.Name, f => (IReadOnlyList<LineageEdge>)[new LineageEdge(0, f.Name, LineageKind.Identity)], StringComparer.Ordinal), []);
    }

    public override NodeLineage Lineage { get; }

    public override RecomputeScope Recompute => RecomputeScope.ThisRun;

    public override IReadOnlySet<string>? RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        new HashSet<string>([.. wanted, .. _profile.Shapes.Select(s => s.Name)], StringComparer.Ordinal);

    public override Operator CreateOperator(OperatorContext context) => new WatchOperator(_watch, _profile, context);
}
