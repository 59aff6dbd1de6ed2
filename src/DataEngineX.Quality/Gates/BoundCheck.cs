using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A gate resolved against its input's schema.</summary>
internal sealed class BoundCheck : BoundNode
{
    private readonly BoundSuite _suite;

    public BoundCheck(CheckNode node, IReadOnlyList<BoundNode> inputs, BoundSuite suite)
        : base(node, inputs, inputs[0].Schema)
    {
        _suite = suite;
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        foreach (var field in Schema.FieldsList)
            columns[field.Name] = [new LineageEdge(0, field.Name, LineageKind.Identity)];
        // Only a quarantine decides which rows there are.
        Lineage = new NodeLineage(
            columns,
            SetsAside
                ? [.. CheckedColumns().Select(c => new LineageEdge(0, c, LineageKind.Filter)), .. Inputs.Skip(1).SelectMany((_, i) => ColumnsOf(i).Select(c => new LineageEdge(i + 1, c, LineageKind.Filter)))]
                : []);
    }

    public override NodeLineage Lineage { get; }

    public override MemoryBehavior Memory => SetsAside && _suite.NeedsAllRows ? MemoryBehavior.Spilling : MemoryBehavior.Streaming;

    /// <summary>Rows are held against another dataset as it is in this run.</summary>
    public override RecomputeScope Recompute => _suite.NeedsAllRows || Inputs.Count > 1 ? RecomputeScope.ThisRun : RecomputeScope.RowLocal;

    public override IReadOnlyList<OrderKey> Order => Inputs[0].Order;

    public override IReadOnlyList<SideOutput> SideOutputs => SetsAside ? [SideOutput.Quarantine] : [];

    private bool SetsAside => _suite.Suite.Gate == Gate.Quarantine;

    /// <summary>A quarantine keeps whole rows; the other gates need what they check and where it came from.</summary>
    public override IReadOnlySet<string>? RequiredColumns(int input, IReadOnlySet<string> wanted)
    {
        if (input > 0)
            return ColumnsOf(input - 1).ToHashSet(StringComparer.Ordinal);
        if (SetsAside)
            return null;
        var names = Schema.FieldsList.Select(f => f.Name).Where(n => n is RowOrigin.FileColumn or RowOrigin.LineColumn);
        return new HashSet<string>([.. wanted, .. CheckedColumns(), .. names], StringComparer.Ordinal);
    }

    public override Operator CreateOperator(OperatorContext context) => new CheckOperator(_suite, (CheckNode)Node, context);

    private IEnumerable<string> ColumnsOf(int reference) => _suite.Rules.Select(r => r.Rule).OfType<ReferencedRule>()
        .Where(r => r.Reference == ((CheckNode)Node).References[reference]).SelectMany(r => r.ReferenceColumns).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> CheckedColumns() => _suite.Rules
        .SelectMany(r => r.Entry.Rule.Columns.Concat(r.Entry.GroupBy).Concat(r.Entry.Where?.ColumnNames() ?? []))
        .Concat(_suite.Suite.KeyColumns)
        .Distinct(StringComparer.Ordinal);
}
